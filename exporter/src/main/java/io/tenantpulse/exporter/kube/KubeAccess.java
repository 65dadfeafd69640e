package io.tenantpulse.exporter.kube;

import io.fabric8.kubernetes.api.model.AuthInfo;
import io.fabric8.kubernetes.api.model.NamedAuthInfo;
import io.fabric8.kubernetes.api.model.NamedContext;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.tenantpulse.exporter.ExporterConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Finds out how to reach a cluster: from a kubeconfig's context, or from the pod that the exporter runs in. */
public final class KubeAccess {
    private static final Path SERVICE_ACCOUNT = Path.of("/var/run/secrets/kubernetes.io/serviceaccount");

    private static final Duration PLUGIN_PATIENCE = Duration.ofSeconds(30);

    private final Map<String, String> environment;
    private final Path serviceAccount;
    private final Duration pluginPatience;

    /** By kubeconfig and context. */
    private final Map<String, CredentialPlugin> plugins = new ConcurrentHashMap<>();

    /** @param environment of the process; KUBECONFIG, HOME and KUBERNETES_SERVICE_* are read */
    public KubeAccess(Map<String, String> environment) {
        this(environment, SERVICE_ACCOUNT, PLUGIN_PATIENCE);
    }

    /**
     * @param serviceAccount directory with the token and ca.crt of the pod's service account
     * @param pluginPatience how long a credential plugin may take
     */
    KubeAccess(Map<String, String> environment, Path serviceAccount, Duration pluginPatience) {
        this.pluginPatience = pluginPatience;
        this.environment = Map.copyOf(environment);
        this.serviceAccount = serviceAccount;
    }

    /**
     * Checks that a cluster's configuration can be read.
     *
     * @throws KubeAccessException if not
     */
    public void check(ExporterConfig.Cluster cluster) {
        config(cluster);
    }

    /**
     * The context that is used where none is given.
     *
     * @throws KubeAccessException if the kubeconfig cannot be read
     */
    public Optional<String> currentContext(@Nullable Path kubeconfig) {
        for (Path file : files(kubeconfig)) {
            String current = parse(file).getCurrentContext();
            if (current != null && !current.isBlank()) {
                return Optional.of(current);
            }
        }
        return Optional.empty();
    }

    /** fabric8's configuration; credentials are read anew each time, so that renewed ones are found. */
    Config config(ExporterConfig.Cluster cluster) {
        Config config = cluster.inCluster() ? inCluster(cluster.name()) : fromKubeconfig(cluster);
        // Retrying is ours: hidden retries would stretch every deadline that we promise.
        return new ConfigBuilder(config)
                .withRequestRetryBackoffLimit(0)
                .withConnectionTimeout(10_000)
                .withUserAgent("tenant-pulse-exporter")
                .build();
    }

    private Config fromKubeconfig(ExporterConfig.Cluster cluster) {
        TreeSet<String> known = new TreeSet<>();
        List<Path> files = files(cluster.kubeconfig());
        for (Path file : files) {
            io.fabric8.kubernetes.api.model.Config parsed = parse(file);
            String context = cluster.context() == null ? parsed.getCurrentContext() : cluster.context();
            List<String> contexts =
                    parsed.getContexts().stream().map(NamedContext::getName).toList();
            known.addAll(contexts);
            if (context != null && contexts.contains(context)) {
                Optional<AuthInfo> user = user(parsed, context);
                Config config = user.filter(info -> info.getExec() != null).isPresent()
                        ? throughPlugin(file, context)
                        : read(file, context);
                return withTokenFile(config, tokenFile(file, user), cluster.name());
            }
        }
        String wanted = cluster.context() == null ? "no current-context" : "no context \"" + cluster.context() + "\"";
        throw new KubeAccessException("cluster " + cluster.name() + ": " + wanted + " in " + files
                + "; known contexts are " + known + ". Set context to one of them, or kubeconfig to another file");
    }

    private static Config read(Path file, String context) {
        try {
            return Config.fromKubeconfig(context, file.toFile());
        } catch (KubernetesClientException | IllegalArgumentException e) {
            throw new KubeAccessException(
                    "kubeconfig " + file + ", context " + context + ": cannot be used ("
                            + e.getClass().getSimpleName()
                            + "); check its cluster and user entries with kubectl --context " + context + " get nodes",
                    e);
        }
    }

    private static Optional<AuthInfo> user(io.fabric8.kubernetes.api.model.Config parsed, String context) {
        return parsed.getContexts().stream()
                .filter(named -> context.equals(named.getName()) && named.getContext() != null)
                .map(named -> named.getContext().getUser())
                .flatMap(user ->
                        parsed.getUsers().stream().filter(named -> user != null && user.equals(named.getName())))
                .map(NamedAuthInfo::getUser)
                .filter(java.util.Objects::nonNull)
                .findFirst();
    }

    private Config throughPlugin(Path file, String context) {
        CredentialPlugin plugin = plugins.computeIfAbsent(
                file + "\n" + context,
                ignored ->
                        new CredentialPlugin(() -> read(file, context), "kubeconfig " + file + ", context " + context));
        Config config = plugin.read(pluginPatience);
        String token = config.getAutoOAuthToken();
        return token == null || token.isEmpty()
                ? config
                : new ConfigBuilder(config).withOauthTokenProvider(plugin).build();
    }

    /** The user's tokenFile, which fabric8 does not know; as in kubectl it counts before a token in the kubeconfig. */
    private static Optional<Path> tokenFile(Path kubeconfig, Optional<AuthInfo> user) {
        return user.map(AuthInfo::getTokenFile)
                .filter(file -> !file.isBlank())
                .map(file -> kubeconfig.toAbsolutePath().resolveSibling(file));
    }

    private static Config withTokenFile(Config config, Optional<Path> file, String cluster) {
        return file.isEmpty()
                ? config
                : new ConfigBuilder(config)
                        .withOauthTokenProvider(TokenFile.open(file.get(), cluster))
                        .build();
    }

    private static io.fabric8.kubernetes.api.model.Config parse(Path file) {
        String text;
        try {
            text = Files.readString(file);
        } catch (IOException e) {
            throw new KubeAccessException("kubeconfig " + file + " cannot be read ("
                    + e.getClass().getSimpleName() + "): create it, or set kubeconfig to the right file");
        }
        io.fabric8.kubernetes.api.model.Config parsed;
        try {
            parsed = Serialization.unmarshal(text, io.fabric8.kubernetes.api.model.Config.class);
        } catch (RuntimeException e) {
            // The cause may quote the file, which holds credentials: it is neither kept nor shown.
            throw new KubeAccessException("kubeconfig " + file
                    + " does not parse as a kubeconfig: check it with kubectl --kubeconfig " + file + " config view");
        }
        if (parsed == null) {
            throw new KubeAccessException("kubeconfig " + file + " is empty: set kubeconfig to the right file");
        }
        return parsed;
    }

    private List<Path> files(@Nullable Path given) {
        if (given != null) {
            return List.of(given);
        }
        String variable = environment.get("KUBECONFIG");
        List<Path> files = new ArrayList<>();
        if (variable != null) {
            for (String one : variable.split(java.io.File.pathSeparator, -1)) {
                if (!one.isBlank() && Files.exists(Path.of(one))) {
                    files.add(Path.of(one));
                }
            }
        }
        return files.isEmpty() ? List.of(Path.of(environment.getOrDefault("HOME", "."), ".kube", "config")) : files;
    }

    private Config inCluster(String name) {
        String host = environment.get("KUBERNETES_SERVICE_HOST");
        String port = environment.getOrDefault("KUBERNETES_SERVICE_PORT", "443");
        Path token = serviceAccount.resolve("token");
        if (host == null || !Files.isReadable(token)) {
            throw new KubeAccessException("cluster " + name
                    + ": in-cluster is true, but KUBERNETES_SERVICE_HOST or " + token
                    + " is missing: run it in a pod with a service account whose token is mounted, or set context");
        }
        return new ConfigBuilder(Config.empty())
                .withMasterUrl("https://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + port)
                .withCaCertFile(serviceAccount.resolve("ca.crt").toString())
                .withOauthTokenProvider(TokenFile.open(token, name))
                .build();
    }
}
