package io.tenantpulse.exporter.kube;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.authorization.v1.ResourceRule;
import io.fabric8.kubernetes.api.model.authorization.v1.SelfSubjectRulesReviewBuilder;
import io.fabric8.kubernetes.api.model.rbac.ClusterRole;
import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tenantpulse.exporter.ExporterApp;
import io.tenantpulse.exporter.ExporterConfig;
import io.tenantpulse.testkit.AuditLog;
import io.tenantpulse.testkit.RealApiServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The role that we ship grants all that the exporter asks of a real API server, and nothing that it does not ask. */
@EnabledIf("isAvailable")
@Timeout(240)
class RealAccessIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Path ROLE = Path.of("../deploy/rbac/exporter-clusterrole.yaml");

    /** What every authenticated user may, by Kubernetes' own roles: ask about itself. */
    private static final Set<String> OF_EVERYBODY = Set.of(
            "create authentication.k8s.io/selfsubjectreviews",
            "create authorization.k8s.io/selfsubjectaccessreviews",
            "create authorization.k8s.io/selfsubjectrulesreviews");

    @TempDir
    static Path dir;

    private static RealApiServer server;
    private static AuditLog audit;

    static boolean isAvailable() {
        return RealApiServer.isAvailable();
    }

    /** Without streaming lists, so that every verb is used that older servers make necessary; with them, watch does the work of list. */
    @BeforeAll
    static void startServer() throws IOException {
        audit = new AuditLog(dir);
        List<String> flags = new java.util.ArrayList<>(List.of(audit.flags()));
        flags.add("--feature-gates=WatchList=false");
        server = new RealApiServer(dir, flags.toArray(new String[0]));
        server.define(
                "tenant-operator.yaml",
                "operator.kubernetes-tenants.org/v1",
                "tenants",
                "tenantregistries",
                "tenanttemplates");
        server.define("lynq.yaml", "operator.lynq.sh/v1", "lynqnodes", "lynqhubs", "lynqforms");
        server.grantToExporter(Files.readString(ROLE));
    }

    @AfterAll
    static void stopServer() {
        server.close();
    }

    @Test
    void theExporterAsksForExactlyWhatTheRoleGrants() throws Exception {
        ExporterConfig config = ExporterConfig.of(
                        List.of(new ExporterConfig.Cluster("real", null, server.exporterKubeconfig(), false)),
                        "unused:9092",
                        "http://unused")
                .withHttp(ExporterConfig.Http.OFF);
        try (ExporterApp app = new ExporterApp(config, batch -> {}, new SimpleMeterRegistry(), null)) {
            app.start();
            await().atMost(PATIENCE).untilAsserted(() -> assertThat(asked()).containsAll(granted()));
        }

        assertThat(asked()).isEqualTo(granted());
        assertThat(requests()).noneMatch(AuditLog.Entry::forbidden);
        assertThat(requests().stream()
                        .filter(entry -> entry.resource().isEmpty())
                        .map(entry -> entry.verb() + " " + entry.uri()))
                .isSubsetOf(
                        "get /version",
                        "get /apis/operator.kubernetes-tenants.org/v1",
                        "get /apis/operator.lynq.sh/v1");
    }

    @Test
    void theServerCountsNoOtherRight() throws IOException {
        TreeSet<String> rights = new TreeSet<>();
        Config config = Config.fromKubeconfig(null, server.exporterKubeconfig().toFile());
        try (KubernetesClient exporter =
                new KubernetesClientBuilder().withConfig(config).build()) {
            var review = exporter.authorization()
                    .v1()
                    .selfSubjectRulesReview()
                    .create(new SelfSubjectRulesReviewBuilder()
                            .withNewSpec()
                            .withNamespace("default")
                            .endSpec()
                            .build());
            assertThat(review.getStatus().getIncomplete()).isFalse();
            for (ResourceRule rule : review.getStatus().getResourceRules()) {
                rights.addAll(flat(rule.getVerbs(), rule.getApiGroups(), rule.getResources()));
            }
        }

        rights.removeAll(OF_EVERYBODY);
        assertThat(rights).isEqualTo(granted());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "get secrets",
                "list secrets",
                "watch secrets",
                "get configmaps",
                "get pods --subresource=log",
                "create pods --subresource=exec",
                "get nodes --subresource=proxy",
                "create serviceaccounts --subresource=token",
                "create pods",
                "patch tenants.operator.kubernetes-tenants.org",
                "delete namespaces",
                "impersonate users",
                "escalate clusterroles.rbac.authorization.k8s.io",
                "* *"
            })
    void kubectlSaysNo(String what) throws Exception {
        List<String> arguments = new java.util.ArrayList<>(List.of("auth", "can-i", "--all-namespaces"));
        arguments.addAll(List.of(what.split(" ")));

        String answer = server.kubectl(server.exporterKubeconfig(), arguments.toArray(new String[0]));

        assertThat(answer.strip().lines().reduce((first, last) -> last)).contains("no");
    }

    @Test
    void kubectlSaysYesToWhatIsGranted() throws Exception {
        assertThat(server.kubectl(
                                server.exporterKubeconfig(),
                                "auth",
                                "can-i",
                                "watch",
                                "tenants.operator.kubernetes-tenants.org",
                                "--all-namespaces")
                        .strip())
                .isEqualTo("yes");
    }

    private static TreeSet<String> asked() throws IOException {
        TreeSet<String> asked = new TreeSet<>();
        for (AuditLog.Entry entry : requests()) {
            if (!entry.resource().isEmpty()) {
                asked.add(entry.verb() + " " + entry.resource());
            }
        }
        return asked;
    }

    /** Without those of this test, which asks as the same user what it may. */
    private static List<AuditLog.Entry> requests() throws IOException {
        return audit.of("exporter").stream()
                .filter(entry -> entry.agent().equals("tenant-pulse-exporter"))
                .toList();
    }

    private static TreeSet<String> granted() throws IOException {
        String yaml = Files.readString(ROLE);
        ClusterRole role = Serialization.unmarshal(yaml.substring(0, yaml.indexOf("\n---")), ClusterRole.class);
        TreeSet<String> granted = new TreeSet<>();
        for (PolicyRule rule : role.getRules()) {
            assertThat(rule.getNonResourceURLs()).isEmpty();
            granted.addAll(flat(rule.getVerbs(), rule.getApiGroups(), rule.getResources()));
        }
        return granted;
    }

    private static TreeSet<String> flat(List<String> verbs, List<String> groups, List<String> resources) {
        TreeSet<String> flat = new TreeSet<>();
        verbs.forEach(
                verb -> groups.forEach(group -> resources.forEach(one -> flat.add(verb + " " + group + "/" + one))));
        return flat;
    }
}
