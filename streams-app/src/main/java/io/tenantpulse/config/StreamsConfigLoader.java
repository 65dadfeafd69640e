package io.tenantpulse.config;

import io.smallrye.config.ConfigValidationException;
import io.smallrye.config.EnvConfigSource;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.smallrye.config.source.yaml.YamlConfigSource;
import io.tenantpulse.process.Suggestion;
import io.tenantpulse.query.TenantSelection;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads the settings: a YAML file, over it the environment, below both the defaults.
 *
 * <p>Our own settings have the names of {@link StreamsConfigMapping}; in the environment {@code TENANT_PULSE_HTTP_PORT} is
 * {@code http.port}. All under {@code kafka}, {@code streams} and {@code schema.registry} is passed on by its own name;
 * in the environment {@code TENANT_PULSE_KAFKA_BOOTSTRAP_SERVERS} is {@code kafka.bootstrap.servers}.
 */
public final class StreamsConfigLoader {
    private static final String ENV_PREFIX = "TENANT_PULSE_";
    private static final List<String> PASSED_ON = List.of("kafka.", "streams.", "schema.registry.");
    private static final List<String> OWN = List.of(
            "application-id",
            "instance",
            "state-dir",
            "rules",
            "topics.prefix",
            "topics.partitions",
            "topics.replication",
            "http.address",
            "http.port",
            "http.hosts",
            "metrics.tenants");

    private static final Pattern UNKNOWN =
            Pattern.compile("SRCFG00050: " + StreamsConfigMapping.PREFIX + "\\.(\\S+) in .*");
    private static final Pattern PLACE = Pattern.compile("line (\\d+), column (\\d+)");
    private static final int FILE_ORDINAL = 200;
    private static final int ENV_ORDINAL = 300;

    private final Map<String, String> own = new TreeMap<>();
    private final Map<String, String> passedOn = new TreeMap<>();
    private final Map<String, String> environment = new TreeMap<>();
    private final List<String> faults = new ArrayList<>();

    private StreamsConfigLoader() {}

    /**
     * The settings.
     *
     * @param file YAML; null: only the environment
     * @throws ConfigException telling all that is wrong
     */
    public static StreamsAppConfig load(@Nullable Path file, Map<String, String> environment) {
        StreamsConfigLoader loader = new StreamsConfigLoader();
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
            own.put(StreamsConfigMapping.PREFIX + "." + name, value);
        }
    }

    private void takeFromEnvironment(String variable, String value) {
        if (!variable.startsWith(ENV_PREFIX)) {
            return;
        }
        String name = variable.substring(ENV_PREFIX.length()).toLowerCase(Locale.ROOT);
        String dotted = name.replace('_', '.');
        if (isPassedOn(dotted)) {
            passedOn.put(dotted, value);
        } else if (OWN.stream().anyMatch(known -> variable(known).equals(variable))) {
            environment.put(variable, value);
        } else {
            faults.add("environment variable " + variable + " is not known"
                    + Suggestion.among(OWN, dotted, StreamsConfigLoader::variable));
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

    private StreamsAppConfig config(String where) {
        StreamsConfigMapping mapping = null;
        try {
            mapping = new SmallRyeConfigBuilder()
                    .withSources(new PropertiesConfigSource(own, "file", FILE_ORDINAL))
                    .withSources(new EnvConfigSource(environment, ENV_ORDINAL))
                    .withMapping(StreamsConfigMapping.class)
                    .build()
                    .getConfigMapping(StreamsConfigMapping.class);
        } catch (ConfigValidationException e) {
            for (int i = 0; i < e.getProblemCount(); i++) {
                faults.add(readable(e.getProblem(i).getMessage()));
            }
        }
        List<TenantSelection> tenants = mapping == null
                ? List.of()
                : TenantSelection.parseAll(mapping.metrics().tenants().orElse(List.of()), faults);
        if (mapping == null || !faults.isEmpty()) {
            throw new ConfigException(where, faults);
        }
        return toConfig(mapping, tenants);
    }

    private static String readable(String problem) {
        Matcher unknown = UNKNOWN.matcher(problem);
        if (unknown.matches()) {
            return unknown.group(1) + " is not known" + Suggestion.among(OWN, unknown.group(1), near -> near);
        }
        return problem.replace(StreamsConfigMapping.PREFIX + ".", "");
    }

    private StreamsAppConfig toConfig(StreamsConfigMapping mapping, List<TenantSelection> tenants) {
        Map<String, String> registry = new TreeMap<>();
        under("schema.registry.")
                .forEach((name, value) -> registry.put(isRegistrys(name) ? "schema.registry." + name : name, value));
        return new StreamsAppConfig(
                mapping.applicationId(),
                mapping.instance().orElse(null),
                mapping.stateDir(),
                mapping.topics().prefix(),
                mapping.topics().partitions(),
                mapping.topics().replication(),
                mapping.rules().orElse(null),
                new StreamsAppConfig.Http(
                        mapping.http().address(),
                        mapping.http().port(),
                        mapping.http().hosts().orElse(List.of())),
                under("kafka."),
                under("streams."),
                registry,
                tenants);
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
