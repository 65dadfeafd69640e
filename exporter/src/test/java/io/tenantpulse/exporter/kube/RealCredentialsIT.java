package io.tenantpulse.exporter.kube;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.api.model.authentication.TokenRequestBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.tenantpulse.exporter.ExporterConfig;
import io.tenantpulse.exporter.WatchedKind;
import io.tenantpulse.testkit.Authority;
import io.tenantpulse.testkit.RealApiServer;
import io.tenantpulse.testkit.TcpProxy;
import io.tenantpulse.v1.KindState;
import io.tenantpulse.v1.MarkType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/** Certificates that are replaced, tokens that run out, rights that are taken away and given back: all while the exporter runs. */
@EnabledIf("isAvailable")
@Timeout(600)
class RealCredentialsIT {
    private static final String NAMESPACE = "tenant-pulse";
    private static final String ACCOUNT = "tenant-pulse-exporter";

    @TempDir
    static Path dir;

    private static RealApiServer server;
    private static Authority first;
    private static String rights;

    static boolean isAvailable() {
        return RealApiServer.isAvailable();
    }

    @BeforeAll
    static void startServer() throws IOException {
        first = new Authority("first");
        first.writeTo(dir.resolve("ca.crt"));
        first.serve(dir.resolve("server.crt"), dir.resolve("server.key"));
        server = new RealApiServer(
                dir,
                "--tls-cert-file=" + dir.resolve("server.crt"),
                "--tls-private-key-file=" + dir.resolve("server.key"));
        server.define("tenant-operator.yaml", FaultRig.TENANTS, "tenants", "tenantregistries", "tenanttemplates");
        rights = Files.readString(Path.of("../deploy/rbac/exporter-clusterrole.yaml"));
        server.apply("apiVersion: v1\nkind: Namespace\nmetadata: {name: %s}\n".formatted(NAMESPACE));
        server.apply(rights);
    }

    @AfterAll
    static void stopServer() {
        server.close();
    }

    /** A kubeconfig that verifies the server by ca.crt, with that user. */
    private static ExporterConfig.Cluster cluster(String name, int port, String user) throws IOException {
        return FaultRig.cluster(Files.writeString(dir.resolve(name), """
                apiVersion: v1
                kind: Config
                clusters: [{name: real, cluster: {server: "https://127.0.0.1:%d", certificate-authority: ca.crt}}]
                users: [{name: user, user: %s}]
                contexts: [{name: real, context: {cluster: real, user: user}}]
                current-context: real
                """.formatted(port, user)));
    }

    /** A token that is worth nothing once that Secret is gone. */
    private static String token(String boundTo) {
        try (KubernetesClient client = server.client()) {
            Secret secret = client.secrets()
                    .resource(new SecretBuilder()
                            .withNewMetadata()
                            .withName(boundTo)
                            .withNamespace(NAMESPACE)
                            .endMetadata()
                            .build())
                    .create();
            return client.serviceAccounts()
                    .inNamespace(NAMESPACE)
                    .withName(ACCOUNT)
                    .tokenRequest(new TokenRequestBuilder()
                            .withNewSpec()
                            .withNewBoundObjectRef()
                            .withApiVersion("v1")
                            .withKind("Secret")
                            .withName(boundTo)
                            .withUid(secret.getMetadata().getUid())
                            .endBoundObjectRef()
                            .endSpec()
                            .build())
                    .getStatus()
                    .getToken();
        }
    }

    private static void revoke(String boundTo) {
        try (KubernetesClient client = server.client()) {
            client.secrets().inNamespace(NAMESPACE).withName(boundTo).delete();
        }
    }

    @Test
    void usesARenewedTokenBeforeTheOldOneIsRefusedAndAlsoAfterwards() throws Exception {
        Path file = Files.writeString(dir.resolve("token"), token("one"));
        try (FaultRig rig = new FaultRig(
                server, cluster("by-token-file", server.port(), "{tokenFile: token}"), FaultRig.patient())) {
            rig.awaitLive();
            Files.writeString(file, token("two"));
            rig.awaitLive();
            revoke("one");
            // The server remembers for ten seconds that the token was good.
            Instant forgotten = Instant.now().plusSeconds(11);
            await().atMost(FaultRig.PATIENCE).until(() -> rig.log.hasWatermarkAfter(forgotten));
            assertThat(rig.count("probe.failures")).isZero();
            assertThat(rig.log.marksOf(WatchedKind.TENANT, MarkType.GAP)).isEmpty();

            revoke("two");
            rig.awaitUnreachable();
            Instant refused = Instant.now();
            Files.writeString(file, token("three"));
            rig.awaitLive();

            rig.settle().declares(refused, refused);
            assertThat(rig.log.marksOf(WatchedKind.TENANT, MarkType.GAP)).isNotEmpty();
            assertThat(rig.log.marks(MarkType.EPOCH)).hasSize(1);
        }
    }

    /** First of the same authority; then of another, which the kubeconfig's file learns of later than the server. */
    @Test
    void goesOnWhenTheServersCertificateIsReplaced() throws Exception {
        try (Said said = new Said(ClusterWatch.class);
                TcpProxy proxy = new TcpProxy(server.port());
                FaultRig rig = new FaultRig(
                        server, cluster("by-authority", proxy.port(), "{token: admin}"), FaultRig.patient())) {
            rig.awaitLive();
            first.serve(dir.resolve("server.crt"), dir.resolve("server.key"));
            proxy.cut();
            proxy.mend();
            rig.awaitLive();

            Authority second = new Authority("second");
            second.serve(dir.resolve("server.crt"), dir.resolve("server.key"));
            // A server that goes on takes up TLS sessions where they were, and shows no certificate then.
            server.restart();
            await().atMost(FaultRig.PATIENCE)
                    .until(() -> rig.metric("cluster.reachable") == 0 && said.names("PKIX path building failed"));
            Instant refused = Instant.now();
            Instant back = Instant.now();
            second.writeTo(dir.resolve("ca.crt"));
            rig.awaitLive();

            rig.settle().declares(refused, back);
            assertThat(rig.log.marks(MarkType.EPOCH)).hasSize(1);
        } finally {
            first.serve(dir.resolve("server.crt"), dir.resolve("server.key"));
            first.writeTo(dir.resolve("ca.crt"));
        }
    }

    @Test
    void asksItsPluginAgainWhenACredentialIsRefused() throws Exception {
        Files.writeString(dir.resolve("plugin-token"), token("five"));
        Path plugin = Files.writeString(dir.resolve("plugin.sh"), """
                #!/bin/sh
                echo x >> %1$s/plugin-runs
                printf '{"kind":"ExecCredential","apiVersion":"client.authentication.k8s.io/v1","status":{"token":"%%s"}}' "$(cat %1$s/plugin-token)"
                """.formatted(dir));
        assertThat(plugin.toFile().setExecutable(true)).isTrue();
        String user = "{exec: {apiVersion: client.authentication.k8s.io/v1, interactiveMode: Never, command: \"%s\"}}"
                .formatted(plugin);
        try (FaultRig rig = new FaultRig(server, cluster("by-plugin", server.port(), user), FaultRig.patient())) {
            rig.awaitLive();
            Files.writeString(dir.resolve("plugin-token"), token("six"));
            int runs = Files.readAllLines(dir.resolve("plugin-runs")).size();
            revoke("five");
            await().atMost(FaultRig.PATIENCE)
                    .until(() -> Files.readAllLines(dir.resolve("plugin-runs")).size() > runs);
            rig.awaitLive();

            rig.settle();
            assertThat(rig.log.marks(MarkType.EPOCH)).hasSize(1);
        }
    }

    @Test
    void freezesAKindThatIsForbiddenWhileRunningUntilItIsGrantedAgain() throws Exception {
        Files.writeString(dir.resolve("token-four"), token("four"));
        try (TcpProxy proxy = new TcpProxy(server.port());
                FaultRig rig = new FaultRig(
                        server, cluster("by-rights", proxy.port(), "{tokenFile: token-four}"), FaultRig.patient())) {
            rig.awaitLive();
            rig.awaitLive(WatchedKind.CONFIG_MAP);
            server.apply(rights.replace("configmaps, ", ""));
            proxy.cut(); // a right that is taken away ends no watch that runs
            proxy.mend();

            await().atMost(FaultRig.PATIENCE)
                    .until(() -> rig.log
                            .lastState(WatchedKind.CONFIG_MAP)
                            .filter(KindState.FORBIDDEN::equals)
                            .isPresent());
            rig.awaitLive();
            assertThat(rig.metric("kind.live", WatchedKind.CONFIG_MAP)).isZero();

            server.apply(rights);
            rig.awaitLive(WatchedKind.CONFIG_MAP);
            rig.settle();
            assertThat(rig.log.marksOf(WatchedKind.CONFIG_MAP, MarkType.GAP)).isNotEmpty();
        } finally {
            server.apply(rights);
        }
    }
}
