package io.tenantpulse.exporter.kube;

import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.tenantpulse.exporter.ExporterConfig;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/** A real kube-apiserver and etcd on loopback; the binaries must be on the machine. The server can be killed and started again on the same etcd. */
final class RealApiServer implements AutoCloseable {
    private static final Duration START = Duration.ofSeconds(90);

    private final Path dir;
    private final Path binaries;
    private final List<String> flags;
    private final int port = freePort();
    private final int etcdPort = freePort();
    private final int peerPort = freePort();
    private @Nullable Process etcd;
    private @Nullable Process server;

    RealApiServer(Path dir, String... flags) throws IOException {
        this.dir = dir;
        this.binaries = binaries();
        this.flags = List.of(flags);
        writeKey();
        Files.writeString(dir.resolve("tokens.csv"), "admin,admin,admin,system:masters\nexporter,exporter,exporter\n");
        kubeconfig("kubeconfig-admin", "admin", port);
        kubeconfig("kubeconfig-exporter", "exporter", port);
        startEtcd();
        start();
    }

    static boolean isAvailable() {
        return Files.isExecutable(binaries().resolve("kube-apiserver"))
                && Files.isExecutable(binaries().resolve("etcd"));
    }

    private static Path binaries() {
        String assets = System.getenv("KUBEBUILDER_ASSETS");
        return assets != null
                ? Path.of(assets)
                : Path.of(System.getProperty("user.home"), ".cache/tenant-pulse/kube/k8s/1.34.2-linux-amd64");
    }

    /** The user that may do everything. */
    ExporterConfig.Cluster admin(String name) {
        return new ExporterConfig.Cluster(name, null, dir.resolve("kubeconfig-admin"), false);
    }

    /** The same, by way of another port. */
    ExporterConfig.Cluster adminVia(int otherPort, String name) throws IOException {
        return new ExporterConfig.Cluster(name, null, kubeconfig("admin-via-" + otherPort, "admin", otherPort), false);
    }

    /** A user that may do what RBAC grants it. */
    ExporterConfig.Cluster exporter(String name) {
        return new ExporterConfig.Cluster(name, null, dir.resolve("kubeconfig-exporter"), false);
    }

    KubernetesClient client() {
        return new KubernetesClientBuilder()
                .withConfig(new ConfigBuilder(io.fabric8.kubernetes.client.Config.empty())
                        .withMasterUrl("https://127.0.0.1:" + port)
                        .withTrustCerts(true)
                        .withOauthToken("admin")
                        .build())
                .build();
    }

    /** Makes or replaces the objects in a YAML text. */
    void apply(String yaml) {
        try (KubernetesClient client = client()) {
            client.load(new java.io.ByteArrayInputStream(yaml.getBytes(StandardCharsets.UTF_8)))
                    .forceConflicts()
                    .serverSideApply();
        }
    }

    /** Makes the definitions in a file of src/test/resources/crds and waits until they are served. */
    void define(String file, String apiVersion, String... plurals) throws IOException {
        try (InputStream yaml = RealApiServer.class.getResourceAsStream("/crds/" + file)) {
            apply(new String(yaml.readAllBytes(), StandardCharsets.UTF_8));
        }
        try (KubernetesClient client = client()) {
            Awaitility.await().atMost(START).until(() -> {
                String served = client.raw("/apis/" + apiVersion);
                return served != null && List.of(plurals).stream().allMatch(p -> served.contains('"' + p + '"'));
            });
        }
    }

    void tenant(String name, int ready) {
        apply("""
                apiVersion: operator.kubernetes-tenants.org/v1
                kind: Tenant
                metadata: {name: %s, namespace: default}
                spec: {uid: %s, templateRef: web}
                """.formatted(name, name));
        try (KubernetesClient client = client()) {
            client.genericKubernetesResources("operator.kubernetes-tenants.org/v1", "Tenant")
                    .inNamespace("default")
                    .withName(name)
                    .editStatus(tenant -> {
                        tenant.setAdditionalProperty("status", Map.of("desiredResources", 3, "readyResources", ready));
                        return tenant;
                    });
        }
    }

    void deleteTenant(String name) {
        try (KubernetesClient client = client()) {
            client.genericKubernetesResources("operator.kubernetes-tenants.org/v1", "Tenant")
                    .inNamespace("default")
                    .withName(name)
                    .delete();
        }
    }

    int port() {
        return port;
    }

    long pid() {
        return java.util.Objects.requireNonNull(server).pid();
    }

    /** Like a crash. */
    void kill() throws InterruptedException {
        Process killed = java.util.Objects.requireNonNull(server);
        killed.destroyForcibly();
        killed.waitFor(10, TimeUnit.SECONDS);
    }

    void start() throws IOException {
        List<String> command = new ArrayList<>(List.of(
                binaries.resolve("kube-apiserver").toString(),
                "--etcd-servers=http://127.0.0.1:" + etcdPort,
                "--secure-port=" + port,
                "--bind-address=127.0.0.1",
                "--advertise-address=127.0.0.1",
                "--cert-dir=" + dir.resolve("certs"),
                "--service-account-issuer=https://kubernetes.default.svc",
                "--service-account-key-file=" + dir.resolve("sa.key"),
                "--service-account-signing-key-file=" + dir.resolve("sa.key"),
                "--token-auth-file=" + dir.resolve("tokens.csv"),
                "--authorization-mode=RBAC",
                "--service-cluster-ip-range=10.96.0.0/16",
                "--allow-privileged"));
        command.addAll(flags);
        server = run("apiserver", command);
        try (KubernetesClient client = client()) {
            Awaitility.await().atMost(START).ignoreExceptions().until(() -> "ok".equals(client.raw("/readyz")));
        }
    }

    @Override
    public void close() {
        for (Process process : new Process[] {server, etcd}) {
            if (process != null) {
                process.destroyForcibly()
                        .onExit()
                        .orTimeout(10, TimeUnit.SECONDS)
                        .join();
            }
        }
    }

    private void startEtcd() throws IOException {
        String peer = "http://127.0.0.1:" + peerPort;
        String own = "http://127.0.0.1:" + etcdPort;
        etcd = run(
                "etcd",
                List.of(
                        binaries.resolve("etcd").toString(),
                        "--data-dir=" + dir.resolve("etcd"),
                        "--listen-client-urls=" + own,
                        "--advertise-client-urls=" + own,
                        "--listen-peer-urls=" + peer,
                        "--initial-advertise-peer-urls=" + peer,
                        "--initial-cluster=default=" + peer,
                        "--unsafe-no-fsync"));
    }

    private Process run(String name, List<String> command) throws IOException {
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        dir.resolve(name + ".log").toFile()))
                .start();
    }

    private void writeKey() throws IOException {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            String pem = Base64.getMimeEncoder()
                    .encodeToString(generator.generateKeyPair().getPrivate().getEncoded());
            Files.writeString(
                    dir.resolve("sa.key"), "-----BEGIN PRIVATE KEY-----\n" + pem + "\n-----END PRIVATE KEY-----\n");
        } catch (GeneralSecurityException e) {
            throw new IOException(e);
        }
    }

    private Path kubeconfig(String file, String user, int serverPort) throws IOException {
        return Files.writeString(dir.resolve(file), """
                apiVersion: v1
                kind: Config
                clusters: [{name: real, cluster: {server: "https://127.0.0.1:%d", insecure-skip-tls-verify: true}}]
                users: [{name: %s, user: {token: %s}}]
                contexts: [{name: real, context: {cluster: real, user: %s}}]
                current-context: real
                """.formatted(serverPort, user, user, user));
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
