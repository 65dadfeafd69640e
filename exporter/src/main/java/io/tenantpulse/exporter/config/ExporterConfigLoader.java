package io.tenantpulse.exporter.config;

import io.smallrye.config.ConfigValidationException;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.smallrye.config.source.yaml.YamlConfigSource;
import io.tenantpulse.exporter.ExporterConfig;
import io.tenantpulse.exporter.kube.KubeAccess;
import io.tenantpulse.exporter.kube.KubeAccessException;
import io.tenantpulse.process.Suggestion;
import io.tenantpulse.schema.SerdeSettings;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads the settings: a YAML file, over it the environment, below both the defaults.
 *
 * <p>Our own settings have the names of {@link ExporterConfigMapping}; in the environment {@code TENANT_PULSE_QUEUE_SIZE} is {@code queue-size} and
 * {@code TENANT_PULSE_CLUSTERS_0__CONTEXT} is {@code clusters[0].context}. All under {@code kafka} and {@code schema.registry} is passed on by its own
 * name; in the environment {@code TENANT_PULSE_KAFKA_BOOTSTRAP_SERVERS} is {@code kafka.bootstrap.servers}.
 */
public final class ExporterConfigLoader {
    private static final String ENV_PREFIX = "TENANT_PULSE_";
    private static final String PRODUCER = "producer.";
    private static final List<String> PASSED_ON = List.of("kafka.", "schema.registry.");
    private static final List<String> OF_CLUSTER = List.of("name", "context", "kubeconfig", "in-cluster");
    private static final List<String> OWN = List.of(
            "timing.probe-interval",
            "timing.probe-timeout",
            "timing.first-bookmark",
            "timing.watch-timeout",
            "timing.discovery-interval",
            "timing.absence-grace",
            "timing.memory-frame-interval",
            "timing.denied-retry",
            "topics.prefix",
            "topics.partitions",
            "topics.replication",
            "http.address",
            "http.port",
            "http.hosts",
            "queue-size",
            "list-concurrency",
            "total-list-concurrency",
            "start-spread",
            "page-size",
            "allow-clock-skew");

    private static final Pattern CLUSTER_VARIABLE = Pattern.compile("CLUSTERS_(\\d+)__?([A-Z_]+)");
    private static final Pattern CLUSTER_SETTING = Pattern.compile("clusters\\[\\d+]\\.(.+)");
    private static final Pattern PLAIN_DURATION = Pattern.compile("(\\d+)(ms|s|m|h)");
    private static final Pattern UNKNOWN =
            Pattern.compile("SRCFG00050: " + ExporterConfigMapping.PREFIX + "\\.(\\S+) in .*");
    private static final Pattern PLACE = Pattern.compile("line (\\d+), column (\\d+)");
    private static final int ORDINAL = 200;

    private final Map<String, String> own = new TreeMap<>();
    private final Map<String, String> passedOn = new TreeMap<>();
    private final List<String> faults = new ArrayList<>();
    private final KubeAccess access;

    private ExporterConfigLoader(KubeAccess access) {
        this.access = access;
    }

    /**
     * The settings.
     *
     * @param file YAML; null: only the environment
     * @throws ConfigException telling all that is wrong
     */
    public static ExporterConfig load(@Nullable Path file, Map<String, String> environment) {
        ExporterConfigLoader loader = new ExporterConfigLoader(new KubeAccess(environment));
        if (file != null) {
            read(file).forEach(loader::takeFromFile);
        }
        environment.forEach(loader::takeFromEnvironment);
        return loader.config(file == null ? "the environment" : "configuration file " + file);
    }

    private void takeFromFile(String name, String value) {
        String plain = name.replace("\"", "");
        if (isPassedOn(plain)) {
            passedOn.put(plain, value);
        } else {
            own.put(ExporterConfigMapping.PREFIX + "." + name, value);
        }
    }

    private void takeFromEnvironment(String variable, String value) {
        if (!variable.startsWith(ENV_PREFIX)) {
            return;
        }
        String name = variable.substring(ENV_PREFIX.length());
        String dotted = name.toLowerCase(Locale.ROOT).replace('_', '.');
        Matcher cluster = CLUSTER_VARIABLE.matcher(name);
        Optional<String> known =
                OWN.stream().filter(one -> variable(one).equals(variable)).findFirst();
        if (isPassedOn(dotted)) {
            passedOn.put(dotted, value);
        } else if (known.isPresent()) {
            own.put(ExporterConfigMapping.PREFIX + "." + known.get(), value);
        } else if (cluster.matches()) {
            String setting = cluster.group(2).toLowerCase(Locale.ROOT).replace('_', '-');
            own.put(ExporterConfigMapping.PREFIX + ".clusters[" + cluster.group(1) + "]." + setting, value);
        } else {
            faults.add("environment variable " + variable + " is not known"
                    + Suggestion.among(OWN, dotted, ExporterConfigLoader::variable));
        }
    }

    private static String variable(String name) {
        return ENV_PREFIX + name.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
    }

    private static boolean isPassedOn(String name) {
        return PASSED_ON.stream().anyMatch(name::startsWith);
    }

    private static Map<String, String> read(Path file) {
        String where = "configuration file " + file;
        try {
            return new YamlConfigSource(file.toString(), Files.readString(file)).getProperties();
        } catch (NoSuchFileException e) {
            throw new ConfigException(where, List.of("it does not exist: give the path of one that does"));
        } catch (IOException e) {
            throw new ConfigException(where, List.of("it cannot be read (" + e + "): check its permissions"));
        } catch (RuntimeException e) {
            // The parser's own message quotes the line, which may hold a password.
            Matcher place = PLACE.matcher(String.valueOf(e.getMessage()));
            String line = place.find() ? "line " + place.group(1) + ", column " + place.group(2) + ": " : "";
            throw new ConfigException(where, List.of(line + "not valid YAML: check indentation, colons and quotes"));
        }
    }

    private ExporterConfig config(String where) {
        ExporterConfigMapping mapping = null;
        try {
            mapping = new SmallRyeConfigBuilder()
                    .withSources(new PropertiesConfigSource(own, where, ORDINAL))
                    .withConverter(Duration.class, ORDINAL, ExporterConfigLoader::duration)
                    .withMapping(ExporterConfigMapping.class)
                    .build()
                    .getConfigMapping(ExporterConfigMapping.class);
        } catch (ConfigValidationException e) {
            for (int i = 0; i < e.getProblemCount(); i++) {
                faults.add(readable(e.getProblem(i).getMessage()));
            }
        }
        checkClients();
        ExporterConfig made = mapping == null ? null : toConfig(mapping);
        if (made == null || !faults.isEmpty()) {
            throw new ConfigException(where, faults);
        }
        return made;
    }

    /** ISO-8601, or a number with ms, s, m, h. */
    private static Duration duration(String text) {
        Matcher plain = PLAIN_DURATION.matcher(text.strip());
        try {
            if (!plain.matches()) {
                return Duration.parse(text.strip());
            }
            String unit = plain.group(2);
            return Duration.parse(
                    unit.equals("ms")
                            ? "PT"
                                    + new BigDecimal(plain.group(1))
                                            .movePointLeft(3)
                                            .toPlainString() + "S"
                            : "PT" + plain.group(1) + unit.toUpperCase(Locale.ROOT));
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException("\"" + text + "\" is no duration: use one such as 30s, 5m or PT30S");
        }
    }

    private void checkClients() {
        if (!passedOn.containsKey("kafka.bootstrap.servers")) {
            faults.add("kafka.bootstrap.servers is missing: set it to the brokers, such as localhost:9092");
        }
        try {
            SerdeSettings.from(registry());
        } catch (IllegalArgumentException e) {
            faults.add(e.getMessage());
        }
    }

    private static String readable(String problem) {
        Matcher unknown = UNKNOWN.matcher(problem);
        if (!unknown.matches()) {
            return problem.replace(ExporterConfigMapping.PREFIX + ".", "");
        }
        String name = unknown.group(1);
        Matcher ofCluster = CLUSTER_SETTING.matcher(name);
        return name + " is not known"
                + (ofCluster.matches()
                        ? Suggestion.among(OF_CLUSTER, ofCluster.group(1), near -> near)
                        : Suggestion.among(OWN, name, near -> near));
    }

    private @Nullable ExporterConfig toConfig(ExporterConfigMapping mapping) {
        List<ExporterConfig.Cluster> clusters = new ArrayList<>();
        for (int i = 0; i < mapping.clusters().size(); i++) {
            ExporterConfigMapping.ClusterSettings settings = mapping.clusters().get(i);
            String where = "clusters[" + i + "]: ";
            attempt(where, () -> cluster(settings)).ifPresent(clusters::add);
        }
        ExporterConfigMapping.TimingSettings timing = mapping.timing();
        if (!faults.isEmpty()) {
            return null;
        }
        return attempt(
                        "",
                        () -> new ExporterConfig(
                                clusters,
                                new ExporterConfig.Timing(
                                        timing.probeInterval(),
                                        timing.probeTimeout(),
                                        timing.firstBookmark(),
                                        timing.watchTimeout(),
                                        timing.discoveryInterval(),
                                        timing.absenceGrace(),
                                        timing.memoryFrameInterval(),
                                        timing.deniedRetry()),
                                new ExporterConfig.Http(
                                        mapping.http().address(),
                                        mapping.http().port(),
                                        mapping.http().hosts().orElse(List.of())),
                                mapping.queueSize(),
                                new ExporterConfig.Load(
                                        mapping.listConcurrency(),
                                        mapping.totalListConcurrency(),
                                        mapping.startSpread()),
                                mapping.pageSize(),
                                mapping.allowClockSkew(),
                                mapping.topics().prefix(),
                                mapping.topics().partitions(),
                                mapping.topics().replication(),
                                kafka(false),
                                kafka(true),
                                registry()))
                .orElse(null);
    }

    private <T> Optional<T> attempt(String where, Supplier<T> make) {
        try {
            return Optional.of(make.get());
        } catch (IllegalArgumentException | KubeAccessException e) {
            faults.add(where + e.getMessage());
            return Optional.empty();
        }
    }

    private ExporterConfig.Cluster cluster(ExporterConfigMapping.ClusterSettings settings) {
        String name = settings.name().orElseGet(() -> nameOf(settings));
        ExporterConfig.Cluster cluster = new ExporterConfig.Cluster(
                name, settings.context().orElse(null), settings.kubeconfig().orElse(null), settings.inCluster());
        access.check(cluster);
        return cluster;
    }

    private String nameOf(ExporterConfigMapping.ClusterSettings settings) {
        if (settings.inCluster()) {
            throw new IllegalArgumentException("name is missing: a cluster with in-cluster: true must be given one");
        }
        return settings.context()
                .or(() -> access.currentContext(settings.kubeconfig().orElse(null)))
                .flatMap(ExporterConfig.Cluster::nameOf)
                .orElseThrow(() -> new IllegalArgumentException(
                        "neither name nor context is given, and the kubeconfig has no current-context"));
    }

    /** @param producer whether those of the producer alone are wanted, or the others */
    private Map<String, String> kafka(boolean producer) {
        Map<String, String> result = new TreeMap<>();
        under("kafka.").forEach((name, value) -> {
            if (name.startsWith(PRODUCER) == producer) {
                result.put(producer ? name.substring(PRODUCER.length()) : name, value);
            }
        });
        return result;
    }

    private Map<String, String> registry() {
        Map<String, String> registry = new TreeMap<>();
        under("schema.registry.")
                .forEach((name, value) -> registry.put(isRegistrys(name) ? "schema.registry." + name : name, value));
        return registry;
    }

    /** Confluent's client wants these with the prefix, the others (such as basic.auth.user.info) without. */
    private static boolean isRegistrys(String name) {
        return name.equals("url") || name.startsWith("ssl.");
    }

    private Map<String, String> under(String prefix) {
        Map<String, String> result = new TreeMap<>();
        passedOn.forEach((name, value) -> {
            if (name.startsWith(prefix)) {
                result.put(name.substring(prefix.length()), value);
            }
        });
        return result;
    }
}
