package io.tenantpulse.standalone;

import java.net.URI;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.TypeConversionException;

/** Which tenant a command is about, and which detector is asked. */
final class TenantOptions {
    private static final int PARTS = 3;

    @Parameters(paramLabel = "CLUSTER/NAMESPACE/TENANT", description = "The tenant, as its alerts name it.")
    private String name;

    @Option(
            names = "--kind",
            paramLabel = "KIND",
            description = "${COMPLETION-CANDIDATES}; needed only where both have that name.")
    private @Nullable Kind kind;

    @Option(
            names = "--url",
            paramLabel = "URL",
            defaultValue = "http://127.0.0.1:9465",
            converter = UrlConverter.class,
            description = "Where the detector serves its API. Default: ${DEFAULT-VALUE}.")
    private URI url;

    /** As the operators name them. */
    enum Kind {
        Tenant,
        LynqNode
    }

    /** Cluster, namespace and name. */
    record Name(String cluster, String namespace, String tenant) {
        @Override
        public String toString() {
            return cluster + '/' + namespace + '/' + tenant;
        }
    }

    Name of(CommandLine command) {
        String[] parts = name.split("/", -1);
        // In a path . and .. would lead elsewhere.
        if (parts.length != PARTS || Stream.of(parts).anyMatch(Set.of("", ".", "..")::contains)) {
            throw new ParameterException(
                    command, "\"" + name + "\" is no tenant: give CLUSTER/NAMESPACE/TENANT, such as prod-eu/shop/acme");
        }
        return new Name(parts[0], parts[1], parts[2]);
    }

    @Nullable
    String kind() {
        return kind == null ? null : kind.name();
    }

    URI url() {
        return url;
    }

    /** Of an HTTP server, without a path of its own. */
    static final class UrlConverter implements ITypeConverter<URI> {
        @Override
        public URI convert(String value) {
            try {
                URI url = URI.create(value);
                String scheme = url.getScheme() == null ? "" : url.getScheme().toLowerCase(Locale.ROOT);
                if ((scheme.equals("http") || scheme.equals("https")) && url.getHost() != null) {
                    return url;
                }
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException("\"" + value + "\" is no URL: " + e.getMessage());
            }
            throw new TypeConversionException(
                    "\"" + value + "\" is no URL of a detector: give one such as http://127.0.0.1:9465");
        }
    }
}
