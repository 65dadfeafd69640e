package io.tenantpulse.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** What an API server was asked, by its own audit log at the level of metadata. */
public final class AuditLog {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path policy;
    private final Path file;

    /** Makes what the API server needs; start it with {@link #flags}. */
    public AuditLog(Path dir) throws IOException {
        policy = Files.writeString(dir.resolve("audit-policy.yaml"), """
                apiVersion: audit.k8s.io/v1
                kind: Policy
                rules: [{level: Metadata}]
                """);
        file = dir.resolve("audit.log");
    }

    /** Flags of the API server that writes it. */
    public String[] flags() {
        return new String[] {"--audit-policy-file=" + policy, "--audit-log-path=" + file, "--audit-log-mode=blocking"};
    }

    /**
     * One stage of a request.
     *
     * @param stage {@code RequestReceived}, {@code ResponseStarted} (of a watch), {@code ResponseComplete} or {@code Panic}
     * @param resource with its group and subresource, such as {@code apps/deployments} or {@code /pods/exec}; empty where the path is of no resource
     * @param uri path and query
     * @param agent as the client calls itself
     * @param status 0 where there is none yet
     */
    public record Entry(
            String id,
            String stage,
            String verb,
            String resource,
            String uri,
            String agent,
            Instant received,
            Instant at,
            int status,
            boolean forbidden) {}

    /** The user's requests, all stages, in the order in which they were written. */
    public List<Entry> of(String user) throws IOException {
        List<Entry> entries = new ArrayList<>();
        for (String line : Files.readAllLines(file)) {
            if (!line.endsWith("}")) {
                continue; // being written
            }
            JsonNode event = JSON.readTree(line);
            if (event.path("user").path("username").asText().equals(user)) {
                entries.add(entry(event));
            }
        }
        return entries;
    }

    private static Entry entry(JsonNode event) {
        JsonNode object = event.path("objectRef");
        String resource = object.path("resource").asText();
        String subresource = object.path("subresource").asText();
        return new Entry(
                event.path("auditID").asText(),
                event.path("stage").asText(),
                event.path("verb").asText(),
                resource.isEmpty()
                        ? ""
                        : object.path("apiGroup").asText() + "/" + resource
                                + (subresource.isEmpty() ? "" : "/" + subresource),
                event.path("requestURI").asText(),
                event.path("userAgent").asText(),
                Instant.parse(event.path("requestReceivedTimestamp").asText()),
                Instant.parse(event.path("stageTimestamp").asText()),
                event.path("responseStatus").path("code").asInt(),
                event.path("annotations")
                        .path("authorization.k8s.io/decision")
                        .asText()
                        .equals("forbid"));
    }
}
