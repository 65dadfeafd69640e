package io.tenantpulse.exporter;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tenantpulse.exporter.Recording.Line;
import io.tenantpulse.exporter.kube.Facts;
import io.tenantpulse.exporter.kube.Projection;
import io.tenantpulse.exporter.kube.WhitelistWriter;
import io.tenantpulse.v1.Change;
import io.tenantpulse.v1.ClusterMark;
import io.tenantpulse.v1.Dependency;
import io.tenantpulse.v1.Readiness;
import io.tenantpulse.v1.ResourceObserved;
import io.tenantpulse.v1.TenantObserved;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What two real operators did, through the whole mapping. */
class RecordedClusterTest {
    private static final String CANARY = "canary-";

    @ParameterizedTest
    @ValueSource(strings = {"alpha", "beta"})
    void acceptsEveryLine(String cluster) {
        Run run = Run.of(cluster);

        Stats stats = run.log.stats();
        assertThat(stats.kinds().values()).allMatch(kind -> kind.undecodable() == 0);
        assertThat(run.records).isNotEmpty();
    }

    /** The rest is the cluster's own: no tenant's spec names it and no owner of it is a tenant's. */
    @ParameterizedTest
    @ValueSource(strings = {"alpha", "beta"})
    void findsTheTenantOfEveryOwnedObject(String cluster) {
        List<Line> lines = Recording.of(cluster);
        Run run = Run.of(cluster);

        Set<String> attributed = new HashSet<>();
        for (SpecificRecord each : run.records) {
            if (each instanceof ResourceObserved record) {
                attributed.add(record.getKind() + '/' + record.getNamespace() + '/' + record.getName());
            }
        }
        Set<String> homeless = new TreeSet<>();
        for (Line line : lines) {
            JsonNode metadata = line.tree().path("metadata");
            Role role = line.watched().map(WatchedKind::role).orElse(Role.EVENT);
            boolean ownable = role == Role.WORKLOAD || role == Role.POD || role == Role.CLAIM || role == Role.RESOURCE;
            String object = line.kind()
                    + '/'
                    + metadata.path("namespace").asText()
                    + '/'
                    + metadata.path("name").asText();
            if (ownable && !attributed.contains(object)) {
                homeless.add(object);
            }
        }
        assertThat(homeless)
                .allMatch(object -> object.matches("ConfigMap/[a-z-]+/kube-root-ca.crt"
                        + "|ServiceAccount/[a-z-]+/default"
                        + "|Service/default/kubernetes"
                        + "|Namespace//[a-z-]+"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"alpha", "beta"})
    void findsNoNewsInMostEventsOfTenants(String cluster) {
        Run run = Run.of(cluster);

        WatchedKind kind = cluster.equals("alpha") ? WatchedKind.TENANT : WatchedKind.LYNQ_NODE;
        Stats.OfKind tenants = run.log.stats().kinds().get(kind);
        double unchanged = (double) tenants.unchanged() / (tenants.unchanged() + tenants.published());
        assertThat(unchanged).isBetween(0.93, 0.98);
    }

    @ParameterizedTest
    @ValueSource(strings = {"alpha", "beta"})
    void letsNoCanaryOut(String cluster) throws IOException {
        List<Line> lines = Recording.of(cluster);
        Run run = Run.of(cluster);

        assertThat(lines.stream().filter(line -> text(line.bytes()).contains(CANARY)))
                .hasSizeGreaterThan(1000);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (SpecificRecord each : run.records) {
            BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(bytes, null);
            new SpecificDatumWriter<SpecificRecord>(each.getSchema(), SpecificData.get()).write(each, encoder);
            encoder.flush();
        }
        assertThat(text(bytes.toByteArray())).doesNotContain(CANARY);
        assertThat(run.tapped).isNotEmpty().noneMatch(json -> text(json).contains(CANARY));
    }

    @ParameterizedTest
    @ValueSource(strings = {"alpha", "beta"})
    void readsTheSameFromItsWhitelistedCopy(String cluster) {
        Projection projection = new Projection();
        for (Line line : Recording.of(cluster)) {
            if (line.watched().isEmpty()) {
                continue;
            }
            WatchedKind kind = line.watched().get();
            Facts original = projection.read(kind, line.bytes(), line.offset(), line.length());
            byte[] copy = WhitelistWriter.write(original);

            assertThat(projection.read(kind, copy, 0, copy.length)).isEqualTo(original);
            assertThat(projection.problem()).isNull();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"alpha", "beta"})
    void makesTheSameLogOfWhatWasTapped(String cluster) {
        Run run = Run.of(cluster);

        Run again = new Run(cluster);
        for (int i = 0; i < run.tapped.size(); i++) {
            byte[] json = run.tapped.get(i);
            TapLine line = run.tapLines.get(i);
            again.log.object(line.kind(), line.type(), json, 0, json.length, line.ts());
        }

        assertThat(again.records).isEqualTo(run.records);
    }

    /** The exceptions are those of the recording's README. */
    @ParameterizedTest
    @ValueSource(strings = {"alpha", "beta"})
    void countsReadyResourcesAsTheOperatorDid(String cluster) {
        List<Line> lines = Recording.of(cluster);
        Instant until = lines.get(0).ts().plus(Duration.ofMinutes(35));
        Run run = Run.of(
                cluster,
                lines.stream().filter(line -> !line.ts().isAfter(until)).toList());

        Map<String, String> differing = new TreeMap<>();
        run.tenants.forEach((key, tenant) -> {
            int ready = 0;
            for (Dependency each : run.dependencies.get(key)) {
                if (run.isReady(key, tenant, each)) {
                    ready++;
                }
            }
            if (tenant.getReady() == null || tenant.getReady() != ready) {
                differing.put(tenant.getName(), tenant.getReady() + " said, " + ready + " found");
            }
        });
        Set<String> allowed =
                cluster.equals("alpha") ? Set.of("clash", "loop", "hole") : Set.of("clash", "loop", "hole", "lost");
        assertThat(differing.keySet())
                .as("%s", differing)
                .allMatch(name -> allowed.contains(name.substring(0, name.indexOf('-'))));
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    private record TapLine(WatchedKind kind, String type, Instant ts) {}

    /** A recording, played into a log. */
    private static final class Run implements Tap {
        private static final Map<String, Run> WHOLE = new HashMap<>();

        private final List<SpecificRecord> records = new ArrayList<>();
        private final List<byte[]> tapped = new ArrayList<>();
        private final List<TapLine> tapLines = new ArrayList<>();
        private WatchedKind kind = WatchedKind.TENANT;
        private final Map<String, TenantObserved> tenants = new HashMap<>();
        private final Map<String, List<Dependency>> dependencies = new HashMap<>();
        private final Map<String, ResourceObserved> resources = new HashMap<>();
        private final ClusterLog log;

        private Run(String cluster) {
            log = new ClusterLog(cluster, this::take, () -> Instant.EPOCH, this);
            log.claimEpoch(1, "test");
        }

        /** The whole recording, played once for all tests. */
        private static synchronized Run of(String cluster) {
            return WHOLE.computeIfAbsent(cluster, each -> of(each, Recording.of(each)));
        }

        private static Run of(String cluster, List<Line> lines) {
            Run run = new Run(cluster);
            for (Line line : lines) {
                if (line.watched().isPresent()) {
                    run.kind = line.watched().get();
                    run.log.object(run.kind, line.type(), line.bytes(), line.offset(), line.length(), line.ts());
                }
            }
            return run;
        }

        private void take(Batch batch) {
            for (LogRecord each : batch.records()) {
                records.add(each.value());
                if (each.value() instanceof TenantObserved tenant) {
                    if (tenant.getChange() == Change.DELETED) {
                        tenants.remove(each.key());
                    } else {
                        tenants.put(each.key(), tenant);
                    }
                    if (tenant.getDependencies() != null) {
                        dependencies.put(each.key(), tenant.getDependencies());
                    }
                } else if (each.value() instanceof ResourceObserved resource) {
                    String id = each.key()
                            + '|'
                            + resource.getKind()
                            + '/'
                            + resource.getNamespace()
                            + '/'
                            + resource.getName();
                    if (resource.getChange() == Change.DELETED || resource.getChange() == Change.RELEASED) {
                        resources.remove(id);
                    } else {
                        resources.put(id, resource);
                    }
                }
            }
        }

        private boolean isReady(String key, TenantObserved tenant, Dependency dependency) {
            if (dependency.getKind().equals("Secret")) {
                return tenant.getAppliedIds().contains(dependency.getId());
            }
            ResourceObserved found = resources.get(
                    key + '|' + dependency.getKind() + '/' + dependency.getNamespace() + '/' + dependency.getName());
            return found != null
                    && (!dependency.getWaitForReady()
                            || dependency.getCreationPolicy().equals("Once")
                            || found.getReadiness() == Readiness.READY);
        }

        @Override
        public void object(Instant ts, String cluster, String type, byte[] whitelistedJson) {
            tapped.add(whitelistedJson);
            tapLines.add(new TapLine(kind, type, ts));
        }

        @Override
        public void mark(Instant ts, ClusterMark mark) {}
    }
}
