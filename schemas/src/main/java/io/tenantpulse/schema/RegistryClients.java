package io.tenantpulse.schema;

import io.confluent.kafka.schemaregistry.avro.AvroSchemaProvider;
import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.confluent.kafka.schemaregistry.client.rest.RestService;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Makes clients of the schema registry. */
public final class RegistryClients {
    /** Our record types times our topics, with room for old versions. */
    private static final int CACHED_SCHEMAS = 1000;

    /** Confluent's own defaults are a minute each; whoever waits for a registry wants to know sooner. */
    private static final Map<String, String> TIMEOUTS =
            Map.of("http.connect.timeout.ms", "5000", "http.read.timeout.ms", "10000");

    private RegistryClients() {}

    /** A client that caches what it has learnt; close it when done. It connects only when it is first asked. */
    public static SchemaRegistryClient create(SerdeSettings settings) {
        Map<String, Object> client = new HashMap<>(TIMEOUTS);
        client.putAll(settings.client());
        List<String> urls =
                Arrays.stream(settings.url().split(",", -1)).map(String::strip).toList();
        return new GuidRegistryClient(new RestService(urls), CACHED_SCHEMAS, List.of(new AvroSchemaProvider()), client);
    }
}
