package io.tenantpulse.exporter.kube;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.tenantpulse.exporter.WatchedKind;
import io.tenantpulse.testkit.RealApiServer;
import io.tenantpulse.v1.Change;
import io.tenantpulse.v1.KindState;
import io.tenantpulse.v1.MarkType;
import io.tenantpulse.v1.ResourceObserved;
import io.tenantpulse.v1.TenantObserved;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/** Definitions and namespaces of a real API server that come, change and go while the exporter runs. */
@EnabledIf("isAvailable")
@Timeout(240)
class RealKindsIT {
    private static final String GROUP = "operator.kubernetes-tenants.org";
    private static final String DEFINITION = "tenants." + GROUP;

    @TempDir
    static Path dir;

    private static RealApiServer server;

    static boolean isAvailable() {
        return RealApiServer.isAvailable();
    }

    static boolean hasControllers() {
        return RealApiServer.hasControllers();
    }

    @BeforeAll
    static void startServer() throws IOException {
        server = new RealApiServer(dir);
        server.define("lynq.yaml", "operator.lynq.sh/v1", "lynqnodes", "lynqhubs", "lynqforms");
    }

    @AfterAll
    static void stopServer() {
        server.close();
    }

    /** A definition of tenants with these versions: each is served or not. */
    private static void define(boolean alpha, boolean v1) {
        String version = """
                    - name: %s
                      served: %s
                      storage: %s
                      subresources: {status: {}}
                      schema:
                        openAPIV3Schema:
                          type: object
                          x-kubernetes-preserve-unknown-fields: true
                """;
        server.apply("""
                apiVersion: apiextensions.k8s.io/v1
                kind: CustomResourceDefinition
                metadata:
                  name: %s
                spec:
                  group: %s
                  scope: Namespaced
                  names: {kind: Tenant, listKind: TenantList, plural: tenants, singular: tenant}
                  versions:
                """.formatted(DEFINITION, GROUP)
                + version.formatted("v1alpha1", alpha, true)
                + version.formatted("v1", v1, false));
    }

    private static void create(String version, String name) {
        try (KubernetesClient client = server.client()) {
            GenericKubernetesResource tenant = new GenericKubernetesResource();
            tenant.setApiVersion(GROUP + "/" + version);
            tenant.setKind("Tenant");
            tenant.setMetadata(new io.fabric8.kubernetes.api.model.ObjectMetaBuilder()
                    .withName(name)
                    .withNamespace("default")
                    .build());
            await().atMost(RealExporter.PATIENCE)
                    .ignoreExceptions()
                    .until(() -> client.resource(tenant).create() != null);
        }
    }

    @Test
    void followsADefinitionThatComesChangesGoesAndComesBack() {
        try (RealExporter exporter = new RealExporter(server.adminKubeconfig(), RealExporter.quick())) {
            SeenLog log = exporter.log();
            exporter.awaitLive(WatchedKind.LYNQ_NODE);
            exporter.awaitState(WatchedKind.TENANT, KindState.ABSENT);

            define(true, false);
            create("v1alpha1", "acme");
            assertThat(log.lastState(WatchedKind.TENANT)).contains(KindState.ABSENT);

            define(true, true);
            exporter.awaitLive(WatchedKind.TENANT);
            assertThat(log.tenantsOfLastFrame()).containsExactly("acme");

            define(true, false);
            exporter.awaitState(WatchedKind.TENANT, KindState.ABSENT);
            assertThat(log.tenantsOfLastFrame()).isEmpty();
            assertThat(exporter.remembered(WatchedKind.TENANT)).isZero();

            define(true, true);
            exporter.awaitLive(WatchedKind.TENANT);
            assertThat(log.tenantsOfLastFrame()).containsExactly("acme");

            try (KubernetesClient client = server.client()) {
                client.genericKubernetesResources("apiextensions.k8s.io/v1", "CustomResourceDefinition")
                        .withName(DEFINITION)
                        .withTimeout(60, java.util.concurrent.TimeUnit.SECONDS)
                        .delete();
            }
            exporter.awaitState(WatchedKind.TENANT, KindState.ABSENT);
            assertThat(log.tenantsOfLastFrame()).isEmpty();
            assertThat(exporter.remembered(WatchedKind.TENANT)).isZero();

            define(true, true);
            exporter.awaitLive(WatchedKind.TENANT);
            create("v1", "bolt");
            await().atMost(RealExporter.PATIENCE)
                    .until(() -> log.tenants().stream()
                            .anyMatch(tenant -> tenant.getName().equals("bolt") && tenant.getChange() == Change.ADDED));

            assertThat(log.marksOf(WatchedKind.LYNQ_NODE, MarkType.SYNC_BEGIN)).hasSize(1);
            assertThat(log.marksOf(WatchedKind.LYNQ_NODE, MarkType.GAP)).isEmpty();
            assertThat(log.marks(MarkType.EPOCH)).hasSize(1);
        }
    }

    @Test
    @EnabledIf("hasControllers")
    void forgetsANamespaceThatIsDeletedWithAllThatItHolds() throws IOException {
        server.startControllers("namespace-controller", "garbage-collector-controller");
        try (RealExporter exporter = new RealExporter(server.adminKubeconfig(), RealExporter.quick());
                KubernetesClient client = server.client()) {
            SeenLog log = exporter.log();
            exporter.awaitLive(WatchedKind.LYNQ_NODE, WatchedKind.CONFIG_MAP, WatchedKind.NAMESPACE);
            double configMaps = exporter.remembered(WatchedKind.CONFIG_MAP);
            double namespaces = exporter.remembered(WatchedKind.NAMESPACE);

            client.load(new java.io.ByteArrayInputStream(
                            filled("doomed").getBytes(java.nio.charset.StandardCharsets.UTF_8)))
                    .serverSideApply();
            await().atMost(RealExporter.PATIENCE)
                    .until(() -> owned(log, Change.ADDED).size() == 3);
            client.namespaces().withName("doomed").delete();
            await().atMost(RealExporter.PATIENCE)
                    .untilAsserted(() -> assertThat(owned(log, Change.DELETED)).hasSize(3));
            await().atMost(RealExporter.PATIENCE).until(() -> exporter.remembered(WatchedKind.NAMESPACE) == namespaces);

            // Each kind has a reader of its own, and none waits for the others.
            await().atMost(RealExporter.PATIENCE)
                    .untilAsserted(() -> assertThat(log.tenants())
                            .filteredOn(tenant -> tenant.getNamespace().equals("doomed"))
                            .filteredOn(tenant -> tenant.getChange() == Change.DELETED)
                            .extracting(TenantObserved::getName)
                            .containsExactlyInAnyOrder("one", "two"));
            assertThat(owned(log, Change.DELETED)).containsExactlyInAnyOrderElementsOf(owned(log, Change.ADDED));
            await().atMost(RealExporter.PATIENCE).until(() -> exporter.remembered(WatchedKind.LYNQ_NODE) == 0);
            await().atMost(RealExporter.PATIENCE)
                    .until(() -> exporter.remembered(WatchedKind.CONFIG_MAP) == configMaps);
            assertThat(log.marks(MarkType.GAP)).isEmpty();
        }
    }

    private static List<String> owned(SeenLog log, Change change) {
        return log.all().stream()
                .filter(ResourceObserved.class::isInstance)
                .map(ResourceObserved.class::cast)
                .filter(object -> object.getNamespace().equals("doomed")
                        && object.getKind().equals("ConfigMap")
                        && object.getChange() == change)
                .map(ResourceObserved::getName)
                .toList();
    }

    /** A namespace with two tenants and three objects of theirs. */
    private static String filled(String namespace) {
        StringBuilder yaml =
                new StringBuilder("apiVersion: v1\nkind: Namespace\nmetadata: {name: " + namespace + "}\n");
        for (String tenant : List.of("one", "two")) {
            yaml.append("""
                    ---
                    apiVersion: operator.lynq.sh/v1
                    kind: LynqNode
                    metadata: {name: %s, namespace: %s}
                    spec: {templateRef: web}
                    """.formatted(tenant, namespace));
        }
        for (String object : List.of("one-a", "one-b", "two-a")) {
            yaml.append("""
                    ---
                    apiVersion: v1
                    kind: ConfigMap
                    metadata:
                      name: %s
                      namespace: %s
                      labels: {lynq.sh/node: %s, lynq.sh/node-namespace: %s}
                    """.formatted(object, namespace, object.substring(0, 3), namespace));
        }
        return yaml.toString();
    }
}
