package io.tenantpulse.standalone;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Asks a running detector's API. */
final class DetectorClient {
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
    private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(20);
    private static final int MAX_BYTES = 32 << 20;
    private static final String PROBLEM = "urn:tenant-pulse:problem:";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final URI url;
    private final HttpClient client = HttpClient.newBuilder()
            .connectTimeout(CONNECT_TIMEOUT)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();

    DetectorClient(URI url) {
        this.url = url;
    }

    /**
     * What the detector knows of a tenant.
     *
     * @param kind null: whichever there is
     * @throws CommandFailure if it knows none, or does not answer
     */
    ObjectNode tenant(TenantOptions.Name name, @Nullable String kind) throws InterruptedException {
        String path = "/api/v1/tenants/" + encoded(name.cluster()) + '/' + encoded(name.namespace()) + '/'
                + encoded(name.tenant()) + (kind == null ? "" : "?kind=" + encoded(kind));
        try {
            HttpResponse<InputStream> response = client.send(
                    HttpRequest.newBuilder(base().resolve(path))
                            .timeout(ANSWER_TIMEOUT)
                            .header("Accept", "application/json")
                            .build(),
                    HttpResponse.BodyHandlers.ofInputStream());
            try (InputStream body = response.body()) {
                return read(response.statusCode(), body.readNBytes(MAX_BYTES + 1));
            }
        } catch (IOException e) {
            throw new CommandFailure(
                    ExitCode.CANNOT_REACH,
                    "cannot reach the detector at " + url + ": " + (e.getMessage() == null ? e : e.getMessage())
                            + " (is up or streams running? else give its --url)",
                    e);
        }
    }

    private URI base() {
        return URI.create(url.getScheme() + "://" + url.getRawAuthority() + '/');
    }

    private static String encoded(String part) {
        return URLEncoder.encode(part, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private ObjectNode read(int status, byte[] body) {
        if (body.length > MAX_BYTES) {
            throw foreign(status);
        }
        JsonNode answer;
        try {
            answer = JSON.readTree(body);
        } catch (JacksonException e) {
            throw foreign(status);
        } catch (IOException e) {
            throw new AssertionError("reading from memory", e);
        }
        if (status == 200
                && answer instanceof ObjectNode tenant
                && tenant.path("health").isTextual()) {
            return tenant;
        }
        String type = answer.path("type").asText();
        if (!type.startsWith(PROBLEM)) {
            throw foreign(status);
        }
        throw problem(type.substring(PROBLEM.length()), answer.path("detail").asText());
    }

    private CommandFailure foreign(int status) {
        return new CommandFailure(
                ExitCode.CANNOT_REACH,
                "what listens at " + url + " is no detector: it answered " + status + " without telling of a tenant"
                        + " (give the detector's --url)");
    }

    private static CommandFailure problem(String word, String detail) {
        return switch (word) {
            case "unknown-tenant" -> new CommandFailure(ExitCode.UNKNOWN_TENANT, detail);
            case "ambiguous-tenant" ->
                new CommandFailure(ExitCode.USAGE, "a Tenant and a LynqNode have that name: give --kind");
            case "bad-name", "unknown-kind", "unknown-parameter" -> new CommandFailure(ExitCode.USAGE, detail);
            default -> new CommandFailure(ExitCode.CANNOT_REACH, detail);
        };
    }
}
