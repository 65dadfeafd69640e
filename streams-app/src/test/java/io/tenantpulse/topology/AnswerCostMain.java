package io.tenantpulse.topology;

import io.confluent.kafka.schemaregistry.client.MockSchemaRegistryClient;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tenantpulse.detect.ResourceState;
import io.tenantpulse.detect.Rules;
import io.tenantpulse.http.TenantRoutes;
import io.tenantpulse.metrics.Meters;
import io.tenantpulse.model.Dependency;
import io.tenantpulse.model.ObjectId;
import io.tenantpulse.model.TenantId;
import io.tenantpulse.process.HealthServer;
import io.tenantpulse.query.Origin;
import io.tenantpulse.query.TenantQueries;
import io.tenantpulse.query.TenantReport;
import io.tenantpulse.schema.AvroLimits;
import io.tenantpulse.schema.RecordSerde;
import io.tenantpulse.schema.SerdeSettings;
import io.tenantpulse.schema.Topics;
import io.tenantpulse.topology.serde.LogCodec;
import io.tenantpulse.topology.serde.RegistryPatience;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * What an answer of the API costs, beside reading the bytes of the same entries from the same store on disk: CPU time, by the
 * medians of rounds. A program, not a test: it prints a table.
 */
final class AnswerCostMain {
    private static final int ROUNDS = 7;
    private static final TenantId ACME = new TenantId("alpha", "tenants", "Tenant", "acme");

    private final TopologyTestDriver driver;
    private final TenantReader reader;

    private AnswerCostMain(TopologyTestDriver driver) {
        this.driver = driver;
        this.reader = new TenantReader(name -> driver.<Bytes, byte[]>getKeyValueStore(name));
    }

    public static void main(String[] args) throws Exception {
        AvroLimits.install();
        Topics topics = Topics.DEFAULT;
        MockSchemaRegistryClient registry = new MockSchemaRegistryClient();
        SerdeSettings settings = SerdeSettings.of("http://localhost:1");
        LogCodec codec = new LogCodec(registry, settings, RegistryPatience.none());
        TopologyParts parts = new TopologyParts(
                topics, Rules.builtIn(), codec, new Meters(new SimpleMeterRegistry()), () -> LogScript.second(0), true);
        try (TopologyTestDriver driver = new TopologyTestDriver(
                        FleetTopology.build(parts), StreamsProperties.forReplay(Files.createTempDirectory("answer")));
                RecordSerde records = new RecordSerde(registry, settings)) {
            String log = topics.observations().name();
            TestInputTopic<byte[], byte[]> input =
                    driver.createInputTopic(log, new ByteArraySerializer(), new ByteArraySerializer());
            for (LogScript.Line line :
                    new LogScript("alpha", 1).begin(0).needing(10, "acme", "db").watermark(2000).lines) {
                input.pipeInput(
                        line.key().getBytes(StandardCharsets.UTF_8),
                        records.serializer().serialize(log, line.value()),
                        line.timestamp());
            }
            System.out.println(
                    "resources | bytes | raw read µs | read ÷ raw | diagnosed ÷ raw | answer ÷ raw | archive ÷ raw");
            new AnswerCostMain(driver).measure(25);
            new AnswerCostMain(driver).measure(500);
        }
        System.exit(0);
    }

    /** Each resource is a deployment with a pod that has no image; every second one waits for the one before. */
    private void grow(int resources) throws Exception {
        List<ResourceState> now = new ArrayList<>(reader.read(ACME).snapshot().resources());
        ResourceState deployment = first(now, "Deployment");
        ResourceState pod = first(now, "Pod");
        KeyValueStore<Bytes, byte[]> store = driver.getKeyValueStore(Stores.RESOURCES);
        List<Dependency> spec = new ArrayList<>();
        for (int i = 0; i < resources; i++) {
            ObjectId object = new ObjectId("apps", "Deployment", "tenants", "d" + i);
            List<String> needs = i % 2 == 0 ? List.of() : List.of("r" + (i - 1));
            spec.add(new Dependency("r" + i, object, needs, true, Duration.ofMinutes(5), false));
            put(store, deployment, object, "r" + i);
            put(store, pod, new ObjectId("", "Pod", "tenants", "d" + i + "-1"), "r" + i);
        }
        store.put(StreamsMemory.key(ACME.key() + StreamsMemory.SEPARATOR), StreamsMemory.SPEC.toBytes(spec));
    }

    private static ResourceState first(List<ResourceState> all, String kind) {
        return all.stream()
                .filter(each -> each.object().kind().equals(kind))
                .findFirst()
                .orElseThrow();
    }

    private static void put(KeyValueStore<Bytes, byte[]> store, ResourceState like, ObjectId object, String id) {
        ResourceState state = new ResourceState(
                object,
                id,
                "uid-" + object.name(),
                like.resourceVersion(),
                like.readiness(),
                like.reason(),
                like.owned(),
                like.createdAt(),
                like.since(),
                like.earliest(),
                like.seenAt(),
                like.position(),
                like.frame(),
                like.undecodable(),
                like.lastReadyAt(),
                like.readyGeneration(),
                like.generationSince(),
                like.facts());
        store.put(
                StreamsMemory.key(ACME.key() + StreamsMemory.SEPARATOR + object.key()),
                StreamsMemory.RESOURCE.toBytes(state));
    }

    private void measure(int resources) throws Exception {
        grow(resources);
        int times = resources > 100 ? 40 : 400;
        long bytes = raw();
        double raw = micros(times, this::raw);
        double read = micros(times, () -> reader.read(ACME));
        double diagnosed = micros(times, this::report);
        TenantReport report = report();
        TenantQueries queries = (cluster, namespace, name, kind) -> new TenantQueries.Found(freshReport());
        double answer;
        double archive;
        HealthServer server = new HealthServer(
                new HealthServer.Where("127.0.0.1", 0, List.of()),
                new SimpleMeterRegistry(),
                NoChecks.NONE,
                routes -> new TenantRoutes(queries, report::asOf).addTo(routes));
        try (server) {
            server.start();
            URI url = URI.create("http://127.0.0.1:" + server.port() + "/api/v1/tenants/alpha/tenants/acme");
            HttpClient client = HttpClient.newHttpClient();
            answer = micros(times, () -> get(client, url));
            archive = micros(times, () -> get(client, URI.create(url + "/diagnostics")));
        }
        System.out.printf(
                "%d | %d | %.0f | %.1f | %.1f | %.1f | %.1f%n",
                resources, bytes, raw, read / raw, diagnosed / raw, answer / raw, archive / raw);
    }

    private TenantReport report() throws Exception {
        TenantReader.Memories read = reader.read(ACME);
        return TenantReport.of(
                read.snapshot(), read.incidents(), reader.operator("alpha"), new Origin("1", "detector", null, 0));
    }

    private TenantReport freshReport() {
        try {
            return report();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private long raw() {
        long bytes = 0;
        try (KeyValueIterator<Bytes, byte[]> all = reader.entries(ACME)) {
            while (all.hasNext()) {
                KeyValue<Bytes, byte[]> entry = all.next();
                bytes += entry.key.get().length + entry.value.length;
            }
        }
        return bytes;
    }

    private static int get(HttpClient client, URI url) throws Exception {
        HttpResponse<byte[]> response =
                client.send(HttpRequest.newBuilder(url).build(), HttpResponse.BodyHandlers.ofByteArray());
        if (response.statusCode() != 200) {
            throw new IllegalStateException("answered " + response.statusCode());
        }
        return response.body().length;
    }

    /** CPU time of the whole process for one, by the median of rounds; as many before them warm up. */
    private static double micros(int times, Callable<?> what) throws Exception {
        List<Double> rounds = new ArrayList<>();
        com.sun.management.OperatingSystemMXBean system =
                (com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        for (int round = -ROUNDS; round < ROUNDS; round++) {
            long before = system.getProcessCpuTime();
            for (int i = 0; i < times; i++) {
                what.call();
            }
            if (round >= 0) {
                rounds.add((system.getProcessCpuTime() - before) / 1e3 / times);
            }
        }
        rounds.sort(null);
        return rounds.get(ROUNDS / 2);
    }

    private enum NoChecks implements HealthServer.Checks {
        NONE;

        @Override
        public boolean isAlive() {
            return true;
        }

        @Override
        public boolean isReady() {
            return true;
        }

        @Override
        public List<String> parts() {
            return List.of();
        }

        @Override
        public String effectiveConfig() {
            return "";
        }
    }
}
