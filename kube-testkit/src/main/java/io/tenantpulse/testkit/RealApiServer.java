package io.tenantpulse.testkit;

import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.io.InputStream;
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
public final class RealApiServer implements AutoCloseable {
    private static final Duration START = Duration.ofSeconds(180);

    private final Path dir;
    private final Path binaries;
    private List<String> flags;
    private final int port = FreePorts.next();
    private final int etcdPort = FreePorts.next();
    private final int peerPort = FreePorts.next();
    private @Nullable Process etcd;
    private @Nullable Process server;
    private @Nullable Process controllers;

    /** Starts both; {@code flags} are added to the API server's own. */
    public RealApiServer(Path dir, String... flags) throws IOException {
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

    /** Whether the binaries are on this machine: in KUBEBUILDER_ASSETS, else in the cache of this project's build. */
    public static boolean isAvailable() {
        return Files.isExecutable(binaries().resolve("kube-apiserver"))
                && Files.isExecutable(binaries().resolve("etcd"));
    }

    /** Whether {@link #startControllers} can be asked for. */
    public static boolean hasControllers() {
        return isAvailable() && Files.isExecutable(binaries().resolve("kube-controller-manager"));
    }

    private static Path binaries() {
        String assets = System.getenv("KUBEBUILDER_ASSETS");
        return assets != null
                ? Path.of(assets)
                : Path.of(System.getProperty("user.home"), ".cache/tenant-pulse/kube/k8s/1.34.2-linux-amd64");
    }

    /** Kubeconfig of the user that may do everything. */
    public Path adminKubeconfig() {
        return dir.resolve("kubeconfig-admin");
    }

    /** The same, by way of another port. */
    public Path adminKubeconfigVia(int otherPort) throws IOException {
        return kubeconfig("kubeconfig-admin-via-" + otherPort, "admin", otherPort);
    }

    /** Kubeconfig of the user {@code exporter}, who may do what RBAC grants it. */
    public Path exporterKubeconfig() {
        return dir.resolve("kubeconfig-exporter");
    }

    /** The same, by way of another port. */
    public Path exporterKubeconfigVia(int otherPort) throws IOException {
        return kubeconfig("kubeconfig-exporter-via-" + otherPort, "exporter", otherPort);
    }

    /** A client of the user that may do everything; close it. */
    public KubernetesClient client() {
        return new KubernetesClientBuilder()
                .withConfig(new ConfigBuilder(io.fabric8.kubernetes.client.Config.empty())
                        .withMasterUrl("https://127.0.0.1:" + port)
                        .withTrustCerts(true)
                        .withOauthToken("admin")
                        .build())
                .build();
    }

    /** What the server counts of itself now. */
    public ServerMetrics metrics() {
        try (KubernetesClient client = client()) {
            return new ServerMetrics(client.raw("/metrics"));
        }
    }

    /**
     * Grants the user {@code exporter} what a file of rights grants to the service account {@code tenant-pulse-exporter}; nothing else in it is changed.
     *
     * @param rights with a ClusterRoleBinding whose only subject is that service account
     */
    public void grantToExporter(String rights) throws IOException {
        String subject = """
                  - kind: ServiceAccount
                    name: tenant-pulse-exporter
                    namespace: tenant-pulse
                """;
        if (!rights.contains(subject)) {
            throw new IOException("the rights bind no service account tenant-pulse-exporter");
        }
        apply("apiVersion: v1\nkind: Namespace\nmetadata: {name: tenant-pulse}\n");
        apply(rights.replace(subject, """
                  - kind: User
                    name: exporter
                    apiGroup: rbac.authorization.k8s.io
                """));
    }

    /** Makes or replaces the objects in a YAML text. */
    public void apply(String yaml) {
        try (KubernetesClient client = client()) {
            client.load(new java.io.ByteArrayInputStream(yaml.getBytes(StandardCharsets.UTF_8)))
                    .forceConflicts()
                    .serverSideApply();
        }
    }

    /** Makes the definitions in a file of this module's resources, crds/, and waits until they are served. */
    public void define(String file, String apiVersion, String... plurals) throws IOException {
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

    /** Makes or changes a tenant in the namespace default: so many of three resources are ready. */
    public void tenant(String name, int ready) {
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

    /** Deletes what {@link #tenant} made, if it is there. */
    public void deleteTenant(String name) {
        try (KubernetesClient client = client()) {
            client.genericKubernetesResources("operator.kubernetes-tenants.org/v1", "Tenant")
                    .inNamespace("default")
                    .withName(name)
                    .delete();
        }
    }

    /** Where it listens. */
    public String url() {
        return "https://127.0.0.1:" + port;
    }

    public int port() {
        return port;
    }

    /** Where its store listens. */
    public String etcdUrl() {
        return "http://127.0.0.1:" + etcdPort;
    }

    public long pid() {
        return java.util.Objects.requireNonNull(server).pid();
    }

    /** Like a crash; {@link #start} brings it back on the same etcd. */
    public void kill() throws InterruptedException {
        end(server);
    }

    /** Like a crash; {@link #startEtcd} brings it back on the same data. */
    public void killEtcd() throws InterruptedException {
        end(etcd);
    }

    /** The server stands still: its connections stay open and nothing answers. */
    public void pause() throws IOException, InterruptedException {
        signal("STOP", server);
    }

    /** Ends {@link #pause}. */
    public void resume() throws IOException, InterruptedException {
        signal("CONT", server);
    }

    /** The store stands still: the server answers only what it has cached. */
    public void pauseEtcd() throws IOException, InterruptedException {
        signal("STOP", etcd);
    }

    /** Ends {@link #pauseEtcd}. */
    public void resumeEtcd() throws IOException, InterruptedException {
        signal("CONT", etcd);
    }

    private static void end(@Nullable Process process) throws InterruptedException {
        Process killed = java.util.Objects.requireNonNull(process);
        killed.destroyForcibly();
        killed.waitFor(10, TimeUnit.SECONDS);
    }

    private static void signal(String name, @Nullable Process process) throws IOException, InterruptedException {
        long pid = java.util.Objects.requireNonNull(process).pid();
        Process kill = new ProcessBuilder("kill", "-" + name, String.valueOf(pid))
                .inheritIO()
                .start();
        if (!kill.waitFor(10, TimeUnit.SECONDS) || kill.exitValue() != 0) {
            throw new IOException("kill -" + name + " " + pid + " failed");
        }
    }

    /** What kubectl prints for a user's kubeconfig; both streams. Its exit code is not looked at. */
    public String kubectl(Path kubeconfig, String... arguments) throws IOException, InterruptedException {
        List<String> command =
                new ArrayList<>(List.of(binaries.resolve("kubectl").toString(), "--kubeconfig", kubeconfig.toString()));
        command.addAll(List.of(arguments));
        Process kubectl = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(kubectl.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (!kubectl.waitFor(60, TimeUnit.SECONDS)) {
            kubectl.destroyForcibly();
            throw new IOException("kubectl does not end");
        }
        return output;
    }

    /** Ends the server and starts it on the same etcd, with more flags than it was made with. */
    public void restart(String... more) throws IOException, InterruptedException {
        kill();
        List<String> made = flags;
        List<String> all = new ArrayList<>(made);
        all.addAll(List.of(more));
        flags = all;
        start();
        flags = made;
    }

    /** Starts the server and waits until it is ready. */
    public void start() throws IOException {
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
        for (Process process : new Process[] {controllers, server, etcd}) {
            if (process != null) {
                process.destroyForcibly()
                        .onExit()
                        .orTimeout(60, TimeUnit.SECONDS)
                        .join();
            }
        }
    }

    /** Starts the store; the server connects to it by itself. */
    public void startEtcd() throws IOException {
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

    /**
     * Starts the real controllers.
     *
     * @param names which, as {@code --controllers} takes them
     */
    public void startControllers(String... names) throws IOException {
        String kubeconfig = adminKubeconfig().toString();
        controllers = run(
                "controllers",
                List.of(
                        binaries.resolve("kube-controller-manager").toString(),
                        "--kubeconfig=" + kubeconfig,
                        "--authentication-kubeconfig=" + kubeconfig,
                        "--authorization-kubeconfig=" + kubeconfig,
                        "--service-account-private-key-file=" + dir.resolve("sa.key"),
                        "--leader-elect=false",
                        "--secure-port=" + FreePorts.next(),
                        "--bind-address=127.0.0.1",
                        "--cert-dir=" + dir.resolve("controllers"),
                        "--controllers=" + String.join(",", names)));
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
}
