package io.tenantpulse.standalone;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Asks a running detector's API. */
final class DetectorClient {
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
    private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(20);
    private static final int MAX_BYTES = 32 << 20;
    private static final int OK = 200;
    private static final String ARCHIVE = "application/zip";
    private static final String PROBLEM = "urn:tenant-pulse:problem:";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final URI url;
    private final Duration patience;
    private final HttpClient client = HttpClient.newBuilder()
            .connectTimeout(CONNECT_TIMEOUT)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();

    DetectorClient(URI url) {
        this(url, ANSWER_TIMEOUT);
    }

    /** @param patience for the whole of an answer */
    DetectorClient(URI url, Duration patience) {
        this.url = url;
        this.patience = patience;
    }

    /**
     * What the detector knows of a tenant.
     *
     * @param kind null: whichever there is
     * @throws CommandFailure if it knows none, or does not answer
     */
    ObjectNode tenant(TenantOptions.Name name, @Nullable String kind) throws InterruptedException {
        Answer answer = ask(name, "", kind, "application/json");
        JsonNode json = answer.json();
        if (answer.status == OK
                && json instanceof ObjectNode tenant
                && tenant.path("health").isTextual()) {
            return tenant;
        }
        throw failure(answer, json);
    }

    /**
     * What the runbook asks to collect of a tenant, as a ZIP archive.
     *
     * @param kind null: whichever there is
     * @throws CommandFailure if the detector knows no such tenant, or does not answer
     */
    byte[] diagnostics(TenantOptions.Name name, @Nullable String kind) throws InterruptedException {
        Answer answer = ask(name, "/diagnostics", kind, ARCHIVE);
        if (answer.status == OK && answer.type.equals(ARCHIVE) && answer.body.length <= MAX_BYTES) {
            return answer.body;
        }
        throw failure(answer, answer.json());
    }

    /** What came, and {@code MAX_BYTES} and one byte of it at most. */
    private record Answer(int status, String type, byte[] body) {
        /** Null if it is none, or is cut. */
        @Nullable
        JsonNode json() {
            try {
                return body.length > MAX_BYTES ? null : JSON.readTree(body);
            } catch (JacksonException e) {
                return null;
            } catch (IOException e) {
                throw new AssertionError("reading from memory", e);
            }
        }
    }

    private Answer ask(TenantOptions.Name name, String below, @Nullable String kind, String type)
            throws InterruptedException {
        String path = "/api/v1/tenants/" + encoded(name.cluster()) + '/' + encoded(name.namespace()) + '/'
                + encoded(name.tenant()) + below + (kind == null ? "" : "?kind=" + encoded(kind));
        HttpRequest request = HttpRequest.newBuilder(base().resolve(path))
                .header("Accept", type + ", application/problem+json")
                .build();
        // The request's own timeout would end with the headers, and a body can stall too.
        CompletableFuture<Answer> answer = client.sendAsync(request, HttpResponse.BodyHandlers.ofInputStream())
                .thenApply(DetectorClient::whole);
        try {
            return answer.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw unreachable("no whole answer came within " + patience.toSeconds() + " s", e);
        } catch (ExecutionException e) {
            Throwable cause = e.getCause() instanceof UncheckedIOException read ? read.getCause() : e.getCause();
            String why = cause == null || cause.getMessage() == null ? String.valueOf(cause) : cause.getMessage();
            throw unreachable(why, e);
        }
    }

    private static Answer whole(HttpResponse<InputStream> response) {
        try (InputStream body = response.body()) {
            return new Answer(
                    response.statusCode(),
                    response.headers().firstValue("Content-Type").orElse(""),
                    body.readNBytes(MAX_BYTES + 1));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private CommandFailure unreachable(String why, Exception cause) {
        return new CommandFailure(
                ExitCode.CANNOT_REACH,
                "cannot reach the detector at " + url + ": " + why + " (is up or streams running? else give its --url)",
                cause);
    }

    private URI base() {
        return URI.create(url.getScheme() + "://" + url.getRawAuthority() + '/');
    }

    private static String encoded(String part) {
        return URLEncoder.encode(part, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private CommandFailure failure(Answer answer, @Nullable JsonNode json) {
        String type = json == null ? "" : json.path("type").asText();
        if (json == null || !type.startsWith(PROBLEM)) {
            return foreign(answer.status);
        }
        return problem(type.substring(PROBLEM.length()), json.path("detail").asText());
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
