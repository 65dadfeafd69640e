package io.tenantpulse.exporter.kube;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.http.HttpClient;
import io.tenantpulse.exporter.Batch;
import io.tenantpulse.exporter.WatchedKind;
import io.tenantpulse.testkit.AuditLog;
import io.tenantpulse.testkit.RealApiServer;
import io.tenantpulse.v1.Change;
import io.tenantpulse.v1.ClusterMark;
import io.tenantpulse.v1.MarkType;
import io.tenantpulse.v1.TenantObserved;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/** Frames of 5,000 tenants from a real API server: as streaming lists, and page by page once it does not serve these. */
@EnabledIf("isAvailable")
@Timeout(240)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class RealListIT {
    private static final String PATH = "/apis/operator.kubernetes-tenants.org/v1/namespaces/default/tenants";
    private static final int TENANTS = 5000;
    private static final int PAGE = 500;

    @TempDir
    static Path dir;

    private static RealApiServer server;
    private static Requests audit;

    static boolean isAvailable() {
        return RealApiServer.isAvailable();
    }

    @BeforeAll
    static void startServer() throws IOException {
        AuditLog log = new AuditLog(dir);
        audit = new Requests(log);
        server = new RealApiServer(dir, log.flags());
        server.define(
                "tenant-operator.yaml",
                "operator.kubernetes-tenants.org/v1",
                "tenants",
                "tenantregistries",
                "tenanttemplates");
        RealExporter.grant(server);
        try (KubernetesClient client = server.client()) {
            for (int i = 0; i < TENANTS; i += 100) {
                create(client, i, i + 100);
            }
        }
    }

    @AfterAll
    static void stopServer() {
        server.close();
    }

    private static void create(KubernetesClient client, int from, int until) {
        HttpClient http = client.getHttpClient();
        List<CompletableFuture<?>> sent = new ArrayList<>();
        for (int i = from; i < until; i++) {
            String body =
                    "{\"apiVersion\":\"operator.kubernetes-tenants.org/v1\",\"kind\":\"Tenant\",\"metadata\":{\"name\":\"t"
                            + i + "\"},\"spec\":{\"templateRef\":\"web\",\"pad\":\"" + "x".repeat(1000) + "\"}}";
            sent.add(http.sendAsync(
                            http.newHttpRequestBuilder()
                                    .uri(server.url() + PATH)
                                    .post("application/json", body)
                                    .build(),
                            String.class)
                    .thenAccept(response -> assertThat(response.code()).isEqualTo(201)));
        }
        CompletableFuture.allOf(sent.toArray(new CompletableFuture<?>[0]))
                .orTimeout(60, TimeUnit.SECONDS)
                .join();
    }

    private static List<Requests.Request> lists(Instant since) throws IOException {
        return audit.of("operator.kubernetes-tenants.org/tenants", since).stream()
                .filter(Requests.Request::isList)
                .toList();
    }

    /** Names in the complete frame of tenants, in the order of the log. */
    private static List<String> frame(SeenLog log) {
        List<String> names = new ArrayList<>();
        for (SpecificRecord record : log.all()) {
            if (record instanceof ClusterMark mark && WatchedKind.TENANT.name().equals(mark.getKind())) {
                if (mark.getType() == MarkType.SYNC_END) {
                    return names;
                }
                names.clear();
            } else if (record instanceof TenantObserved tenant && tenant.getChange() == Change.SNAPSHOT) {
                names.add(tenant.getName());
            }
        }
        throw new AssertionError("no frame of tenants was completed");
    }

    private static void awaitFrame(RealExporter exporter) {
        await().atMost(RealExporter.PATIENCE)
                .until(() -> !exporter.log()
                        .marksOf(WatchedKind.TENANT, MarkType.SYNC_END)
                        .isEmpty());
    }

    private static void assertWhole(SeenLog log) {
        assertThat(frame(log)).hasSize(TENANTS).doesNotHaveDuplicates();
    }

    @Test
    @Order(1)
    void takesAFrameAsAStreamingListAndIsLiveAtItsEnd() throws IOException {
        Instant begin = Instant.now();
        try (RealExporter exporter = new RealExporter(server.exporterKubeconfig(), RealExporter.quick())) {
            exporter.awaitLive(WatchedKind.TENANT);

            assertWhole(exporter.log());
            assertThat(lists(begin))
                    .singleElement()
                    .satisfies(request -> assertThat(request.uri()).contains("sendInitialEvents=true"));
            assertThat(exporter.remembered(WatchedKind.TENANT)).isEqualTo(TENANTS);
        }
    }

    @Test
    @Order(2)
    void takesAFrameFromPagesOfOneVersionWhileObjectsChange() throws IOException, InterruptedException {
        server.restart("--feature-gates=WatchList=false");
        Instant begin = Instant.now();
        try (Churn churn = new Churn(server, "t0", "t2500", "t999");
                RealExporter exporter = new RealExporter(server.exporterKubeconfig(), RealExporter.quick())) {
            awaitFrame(exporter);
            churn.stop();
            String last = churn.versions().get(churn.versions().size() - 1);
            await().atMost(RealExporter.PATIENCE)
                    .until(() -> versions(exporter.log()).contains(last));

            assertWhole(exporter.log());
            List<Requests.Request> pages = lists(begin).stream()
                    .filter(request -> request.uri().contains("limit=" + PAGE))
                    .toList();
            assertThat(pages).hasSize(TENANTS / PAGE);
            assertThat(pages.stream().skip(1)).allMatch(page -> page.uri().contains("continue="));
            List<String> made = churn.versions();
            List<String> told =
                    versions(exporter.log()).stream().filter(made::contains).toList();
            assertThat(told).doesNotHaveDuplicates();
            // All of the pages are of one instant: what is told after them begins there and leaves nothing out.
            Set<String> afterFrame = new HashSet<>(told);
            assertThat(made.subList(made.size() - told.size() + framed(exporter.log(), made), made.size()))
                    .allMatch(afterFrame::contains);
        }
    }

    /** How many of the versions stand in the frame. */
    private static int framed(SeenLog log, List<String> versions) {
        return (int) log.tenants().stream()
                .filter(tenant -> tenant.getChange() == Change.SNAPSHOT)
                .filter(tenant -> versions.contains(tenant.getUid() + "@" + tenant.getResourceVersion()))
                .count();
    }

    private static List<String> versions(SeenLog log) {
        return log.tenants().stream()
                .map(tenant -> tenant.getUid() + "@" + tenant.getResourceVersion())
                .toList();
    }

    @Test
    @Order(3)
    void beginsAFrameAnewWhenItsTokenExpires() throws IOException, InterruptedException {
        server.restart("--feature-gates=WatchList=false", "--etcd-compaction-interval=2s");
        Instant begin = Instant.now();
        AtomicBoolean held = new AtomicBoolean();
        try (Churn churn = new Churn(server, "t1", "t2")) {
            try (RealExporter exporter =
                    new RealExporter(server.exporterKubeconfig(), RealExporter.quick(), PAGE, batch -> {
                        if (hasTenant(batch) && held.compareAndSet(false, true)) {
                            awaitCompaction();
                        }
                    })) {
                awaitFrame(exporter);

                SeenLog log = exporter.log();
                assertThat(lists(begin)).anyMatch(request -> request.code() == 410);
                List<ClusterMark> begins = log.marksOf(WatchedKind.TENANT, MarkType.SYNC_BEGIN);
                assertThat(begins).hasSizeGreaterThan(1);
                assertThat(log.marksOf(WatchedKind.TENANT, MarkType.SYNC_END))
                        .singleElement()
                        .satisfies(end -> assertThat(end.getFrame().getSequence())
                                .isEqualTo(begins.get(begins.size() - 1).getSequence()));
                assertWhole(log);
                assertThat(log.tenants()).noneMatch(tenant -> tenant.getChange() == Change.DELETED);
                assertThat(churn.versions()).isNotEmpty();
                assertThat(exporter.remembered(WatchedKind.TENANT)).isEqualTo(TENANTS);
            }
        }
    }

    private static boolean hasTenant(Batch batch) {
        return batch.records().stream().anyMatch(record -> record.value() instanceof TenantObserved);
    }

    /** Until a token of this moment has expired. */
    private static void awaitCompaction() {
        try (KubernetesClient client = server.client()) {
            String token = client.raw(PATH + "?limit=1").replaceAll("(?s).*\"continue\":\"([^\"]+)\".*", "$1");
            await().atMost(Duration.ofSeconds(60))
                    .pollInterval(Duration.ofMillis(300))
                    .until(() -> {
                        HttpClient http = client.getHttpClient();
                        return http.sendAsync(
                                                http.newHttpRequestBuilder()
                                                        .uri(server.url() + PATH + "?limit=1&continue="
                                                                + java.net.URLEncoder.encode(
                                                                        token, StandardCharsets.UTF_8))
                                                        .build(),
                                                String.class)
                                        .get(10, TimeUnit.SECONDS)
                                        .code()
                                == 410;
                    });
        }
    }
}
