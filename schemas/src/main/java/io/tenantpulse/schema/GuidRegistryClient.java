package io.tenantpulse.schema;

import com.fasterxml.jackson.core.type.TypeReference;
import io.confluent.kafka.schemaregistry.SchemaProvider;
import io.confluent.kafka.schemaregistry.client.CachedSchemaRegistryClient;
import io.confluent.kafka.schemaregistry.client.rest.RestService;
import io.confluent.kafka.schemaregistry.client.rest.entities.SchemaString;
import io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Confluent's client, which also finds a schema by the GUID that serializers of version 8 write into a header. */
final class GuidRegistryClient extends CachedSchemaRegistryClient {
    private static final TypeReference<SchemaString> SCHEMA = new TypeReference<>() {};

    private final RestService rest;

    GuidRegistryClient(RestService rest, int cached, List<SchemaProvider> providers, Map<String, Object> settings) {
        super(rest, cached, providers, settings, Map.of());
        this.rest = rest;
    }

    /** The schema's text; not cached here, because whoever reads keeps what he made of it. */
    String schemaByGuid(UUID guid) throws IOException, RestClientException {
        SchemaString found =
                rest.httpRequest("/schemas/guids/" + guid, "GET", null, RestService.DEFAULT_REQUEST_PROPERTIES, SCHEMA);
        return found.getSchemaString();
    }
}
