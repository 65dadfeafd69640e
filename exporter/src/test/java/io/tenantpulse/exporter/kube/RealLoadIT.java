package io.tenantpulse.exporter.kube;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.spi.ILoggingEvent;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tenantpulse.exporter.ExporterApp;
import io.tenantpulse.exporter.ExporterConfig;
import io.tenantpulse.exporter.WatchedKind;
import io.tenantpulse.testkit.AuditLog;
import io.tenantpulse.testkit.RealApiServer;
import io.tenantpulse.testkit.ServerMetrics;
import io.tenantpulse.testkit.TcpProxy;
import io.tenantpulse.v1.KindState;
import io.tenantpulse.v1.MarkType;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the exporter costs a real API server, counted by that server itself. */
@EnabledIf("isAvailable")
@Timeout(600)
class RealLoadIT {
    private static final Logger LOG = LoggerFactory.getLogger(RealLoadIT.class);
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final Duration FLEET_PATIENCE = Duration.ofSeconds(240);
    private static final String TENANTS = "operator.kubernetes-tenants.org/tenants";
    private static final String PROBE = "/apis/operator.kubernetes-tenants.org/v1/tenants?limit=1";

    /** A new watch that has said nothing for so long makes the exporter ask for one object. */
    private static final int ENQUIRY_SECONDS = 30;

    /** A watch of 32 seconds or more is renewed after 14 of them; a busy server may take some time to say so. */
    private static final Duration EARLIEST_RENEWAL = Duration.ofSeconds(14 - 6);

    private static final int FLEET = 50;
    private static final Duration SPREAD = Duration.ofSeconds(4);
    private static final int LISTS_AT_ONCE = 8;

    @TempDir
    Path dir;

    private final SeenLog log = new SeenLog();

    static boolean isAvailable() {
        return RealApiServer.isAvailable();
    }

    private RealApiServer start(AuditLog audit, String... flags) throws IOException {
        List<String> all = new ArrayList<>(List.of(audit.flags()));
        all.addAll(List.of(flags));
        RealApiServer server = new RealApiServer(dir, all.toArray(new String[0]));
        server.define(
                "tenant-operator.yaml",
                "operator.kubernetes-tenants.org/v1",
                "tenants",
                "tenantregistries",
                "tenanttemplates");
        server.define("lynq.yaml", "operator.lynq.sh/v1", "lynqnodes", "lynqhubs", "lynqforms");
        server.grantToExporter(Files.readString(Path.of("../deploy/rbac/exporter-clusterrole.yaml")));
        server.tenant("acme", 3);
        awaitCaches(server);
        return server;
    }

    /** A server answers 429 until its cache of a new definition's objects is filled. */
    private static void awaitCaches(RealApiServer server) {
        try (KubernetesClient client = server.client()) {
            for (WatchedKind kind : WatchedKind.ALL) {
                await().atMost(PATIENCE)
                        .ignoreExceptions()
                        .until(() -> client.raw(KindLister.path(kind) + "?resourceVersion=0") != null);
            }
        }
    }

    private static ExporterConfig config(List<ExporterConfig.Cluster> clusters, Duration watchTimeout) {
        ExporterConfig.Timing normal = ExporterConfig.Timing.DEFAULT;
        return ExporterConfig.of(clusters, "unused:9092", "http://unused")
                .withHttp(ExporterConfig.Http.OFF)
                .withTiming(new ExporterConfig.Timing(
                        Duration.ofSeconds(2),
                        normal.probeTimeout(),
                        normal.firstBookmark(),
                        watchTimeout,
                        Duration.ofSeconds(10),
                        normal.absenceGrace(),
                        normal.memoryFrameInterval(),
                        normal.deniedRetry()));
    }

    /** One list and one watch for each kind on one connection; two watches while they are renewed; else probes and discovery. */
    @Test
    void oneClusterCostsOneListAndOneWatchForEachKindOnOneConnection() throws Exception {
        AuditLog audit = new AuditLog(dir);
        try (RealApiServer server = start(audit);
                TcpProxy proxy = new TcpProxy(server.port())) {
            ServerMetrics before = server.metrics();
            Instant begun = Instant.now();
            ExporterConfig.Cluster cluster =
                    new ExporterConfig.Cluster("real", null, server.exporterKubeconfigVia(proxy.port()), false);
            Map<String, Double> most = new TreeMap<>();
            try (ExporterApp app = new ExporterApp(
                    config(List.of(cluster), Duration.ofSeconds(32)), log, new SimpleMeterRegistry(), null)) {
                app.start();
                await().atMost(PATIENCE)
                        .untilAsserted(() -> assertThat(liveKinds()).containsAll(WatchedKind.ALL));
                int[] ready = {0};
                await().atMost(PATIENCE.multipliedBy(2))
                        .pollInterval(Duration.ofSeconds(1))
                        .until(() -> {
                            server.tenant("acme", ready[0]++ % 4);
                            more("apiserver_longrunning_requests", "WATCH", before, server.metrics())
                                    .forEach((resource, open) -> most.merge(resource, open, Math::max));
                            return Duration.between(begun, Instant.now()).toSeconds() >= 20
                                    && watched().stream().allMatch(resource -> most.getOrDefault(resource, 0.0) >= 2);
                        });
            }

            long seconds = Duration.between(begun, Instant.now()).toSeconds();
            await().atMost(PATIENCE)
                    .untilAsserted(
                            () -> assertThat(more("apiserver_longrunning_requests", "WATCH", before, server.metrics())
                                            .keySet())
                                    .doesNotContainAnyElementsOf(watched()));
            ServerMetrics after = server.metrics();
            Map<String, Double> lists = more("apiserver_request_total", "LIST", before, after);
            Map<String, Double> watches = more("apiserver_request_total", "WATCH", before, after);
            Map<String, Double> streamed = more("apiserver_watch_list_duration_seconds_count", "", before, after);
            tell(seconds, most, watches, streamed, lists);

            for (String resource : watched()) {
                isListedOnceAndWatchedInTurns(resource, new Requests(audit).of(resource, begun));
                assertThat(lists.getOrDefault(resource, 0.0))
                        .as(resource)
                        .isLessThanOrEqualTo(resource.equals(TENANTS) ? seconds / 2.0 + 2 : seconds / ENQUIRY_SECONDS);
            }
            assertThat(proxy.accepted()).isEqualTo(1);
            assertThat(log.marks(MarkType.SYNC_BEGIN)).hasSize(WatchedKind.ALL.size());
            Map<String, Integer> others = others(audit);
            others.keySet().removeIf(uri -> !uri.equals(PROBE) && isEnquiry(uri));
            assertThat(others)
                    .containsOnlyKeys(
                            "/version", "/apis/operator.kubernetes-tenants.org/v1", "/apis/operator.lynq.sh/v1", PROBE)
                    .containsEntry("/version", 1);
            assertThat(others.get("/apis/operator.lynq.sh/v1")).isLessThanOrEqualTo((int) (seconds / 10) + 2);
            assertThat(audit.of("exporter")).noneMatch(AuditLog.Entry::forbidden);
        }
    }

    /** Fifty clusters that are one: each begins in its own share of the stretch, and no more lists run than may. */
    @Test
    void fiftyClustersBeginOneAfterTheOtherAndShareTheirLists() throws Exception {
        AuditLog audit = new AuditLog(dir);
        try (RealApiServer server = start(audit, "--feature-gates=WatchList=false");
                TcpProxy proxy = new TcpProxy(server.port())) {
            Path kubeconfig = server.exporterKubeconfigVia(proxy.port());
            List<ExporterConfig.Cluster> clusters = IntStream.range(0, FLEET)
                    .mapToObj(i -> new ExporterConfig.Cluster("real-" + i, null, kubeconfig, false))
                    .toList();
            Instant begun;
            long heapBefore = heapInUse();
            long cpuBefore = cpuMillis();
            try (Said said = new Said(ClusterWatch.class);
                    ExporterApp app = new ExporterApp(
                            config(clusters, Duration.ofMinutes(6))
                                    .withLoad(new ExporterConfig.Load(4, LISTS_AT_ONCE, SPREAD)),
                            log,
                            new SimpleMeterRegistry(),
                            null)) {
                begun = Instant.now();
                app.start();
                await().atMost(FLEET_PATIENCE)
                        .untilAsserted(() -> assertThat(listed()).isEqualTo(FLEET * WatchedKind.ALL.size()));
                await().atMost(FLEET_PATIENCE)
                        .untilAsserted(() -> assertThat(server.metrics()
                                        .byResource("apiserver_longrunning_requests", "WATCH")
                                        .get(TENANTS))
                                .isGreaterThanOrEqualTo(FLEET));

                List<Thread> threads = exporterThreads();
                LOG.atInfo()
                        .addKeyValue("threads", threads.size())
                        .addKeyValue("heapMiB", (heapInUse() - heapBefore) >> 20)
                        .addKeyValue("cpuMs", cpuMillis() - cpuBefore)
                        .addKeyValue("connections", proxy.accepted())
                        .log("fifty clusters");
                assertThat(threads).hasSizeLessThanOrEqualTo(FLEET * (WatchedKind.ALL.size() + 1));
                assertThat((long) proxy.accepted()).isBetween((long) FLEET, connections(said));
            }

            List<Instant> arrivals = audit.of("exporter").stream()
                    .filter(entry ->
                            entry.uri().equals("/version") && entry.stage().equals("ResponseComplete"))
                    .map(AuditLog.Entry::received)
                    .sorted()
                    .toList();
            assertThat(arrivals).hasSizeGreaterThanOrEqualTo(FLEET);
            for (int i = 0; i < FLEET; i++) {
                assertThat(arrivals.get(i))
                        .isAfter(begun.plus(SPREAD.dividedBy(FLEET).multipliedBy(i)));
            }
            assertThat(listsAtOnce(audit)).isBetween(2, LISTS_AT_ONCE);
        }
    }

    /** Lists of a cluster and kind that are complete, each counted once. */
    private long listed() {
        return log.marks(MarkType.SYNC_END).stream()
                .map(mark -> mark.getCluster() + " " + mark.getKind())
                .distinct()
                .count();
    }

    /** Tries to connect; a machine that is too slow for a probe makes more than one of a cluster. */
    private static long connections(Said said) {
        return said.events().stream()
                .map(ILoggingEvent::getMessage)
                .filter(message -> message.equals("connected") || message.startsWith("cluster cannot be reached"))
                .count();
    }

    /** One streaming list that goes over into a watch; further watches, each beside the one before for a while, and never a third. */
    private static void isListedOnceAndWatchedInTurns(String resource, List<Requests.Request> requests) {
        assertThat(requests.stream().filter(Requests.Request::isList))
                .as(resource)
                .hasSize(1);
        List<Requests.Request> watches =
                requests.stream().filter(Requests.Request::isWatch).toList();
        assertThat(watches).as(resource).hasSizeGreaterThan(1);
        assertThat(Requests.together(watches)).as(resource).isLessThanOrEqualTo(2);
        for (int i = 1; i < watches.size(); i++) {
            assertThat(watches.get(i).begin())
                    .as(resource)
                    .isAfter(watches.get(i - 1).begin().plus(EARLIEST_RENEWAL))
                    .isBefore(watches.get(i - 1).end());
        }
    }

    /** Whether it asks for one object, as is done when a watch is silent. */
    private static boolean isEnquiry(String uri) {
        return WatchedKind.ALL.stream().anyMatch(kind -> uri.equals(KindLister.path(kind) + "?limit=1"));
    }

    private static List<String> watched() {
        return WatchedKind.ALL.stream()
                .map(kind -> kind.group() + "/" + kind.plural())
                .toList();
    }

    private Set<WatchedKind> liveKinds() {
        Set<WatchedKind> live = new HashSet<>(WatchedKind.ALL);
        live.removeIf(kind -> log.lastState(kind).filter(KindState.LIVE::equals).isEmpty());
        return live;
    }

    /** By how much a count of the server has grown for the resources that are watched; where it has. */
    private static Map<String, Double> more(String metric, String verb, ServerMetrics before, ServerMetrics after) {
        Map<String, Double> old = before.byResource(metric, verb);
        Map<String, Double> grown = new TreeMap<>();
        after.byResource(metric, verb).forEach((resource, now) -> {
            double by = now - old.getOrDefault(resource, 0.0);
            if (by > 0 && watched().contains(resource)) {
                grown.put(resource, by);
            }
        });
        return grown;
    }

    /** How often the exporter asked for what is no watch. */
    private static Map<String, Integer> others(AuditLog audit) throws IOException {
        Map<String, Integer> others = new TreeMap<>();
        for (AuditLog.Entry entry : audit.of("exporter")) {
            if (entry.stage().equals("ResponseComplete") && !entry.verb().equals("watch")) {
                others.merge(entry.uri(), 1, Integer::sum);
            }
        }
        return others;
    }

    /** The most lists that were being answered at the same time; a probe is none. */
    private static int listsAtOnce(AuditLog audit) throws IOException {
        TreeMap<Instant, Integer> changes = new TreeMap<>();
        for (AuditLog.Entry entry : audit.of("exporter")) {
            if (entry.stage().equals("ResponseComplete")
                    && entry.verb().equals("list")
                    && !entry.uri().endsWith("?limit=1")) {
                changes.merge(entry.received(), 1, Integer::sum);
                changes.merge(entry.at(), -1, Integer::sum);
            }
        }
        int now = 0;
        int most = 0;
        for (int change : changes.values()) {
            now += change;
            most = Math.max(most, now);
        }
        return most;
    }

    private static List<Thread> exporterThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().matches("watch-real-\\d.*"))
                .toList();
    }

    private static long heapInUse() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    private static long cpuMillis() {
        return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
                        .getProcessCpuTime()
                / 1_000_000;
    }

    private static void tell(
            long seconds,
            Map<String, Double> most,
            Map<String, Double> watches,
            Map<String, Double> streamed,
            Map<String, Double> lists) {
        StringBuilder table = new StringBuilder("in " + seconds + " s: most open, watches, streamed lists, LIST\n");
        for (String resource : new TreeSet<>(watched())) {
            table.append(resource);
            for (Map<String, Double> column : List.of(most, watches, streamed, lists)) {
                table.append(' ').append(column.getOrDefault(resource, 0.0).intValue());
            }
            table.append('\n');
        }
        LOG.info("{}", table);
    }
}
