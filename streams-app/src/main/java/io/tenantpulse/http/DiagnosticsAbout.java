package io.tenantpulse.http;

import io.tenantpulse.detect.ClusterState;
import io.tenantpulse.detect.KindState;
import io.tenantpulse.query.Origin;
import io.tenantpulse.query.TenantReport;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What an archive of diagnostics says of itself: once for people, once for machines. */
final class DiagnosticsAbout {
    /** Raised when a file or a field is renamed or removed. */
    private static final int FORMAT = 1;

    private final TenantReport report;
    private final Instant writtenAt;
    private final List<Diagnostics.File> data;
    private final List<String> unseen;

    DiagnosticsAbout(TenantReport report, Instant writtenAt, List<Diagnostics.File> data) {
        this.report = report;
        this.writtenAt = writtenAt;
        this.data = data;
        this.unseen = new Unseen(report).words();
    }

    Diagnostics.File readme() {
        ClusterState cluster = report.snapshot().cluster();
        StringBuilder text = new StringBuilder("Diagnostics of ")
                .append(report.view().id().kind())
                .append(' ')
                .append(CauseJson.path(report.view().id()))
                .append("\n\n")
                .append(report.diagnosis().summary().replaceAll("\\p{C}", "\uFFFD"))
                .append("\n\n");
        line(text, "As of", report.asOf() + ": the newest that is known");
        line(
                text,
                "Complete up to",
                orUnknown(report.snapshot().completeUpTo()) + ": until then all that it rests on was seen");
        line(text, "Cluster's watermark", orUnknown(cluster.watermark()));
        line(text, "Exporter's epoch", String.valueOf(cluster.last().epoch()));
        line(text, "Written", writtenAt + " by " + writer());
        text.append("\nFiles\n");
        data.forEach(file -> text.append("  ")
                .append(file.name())
                .append(": ")
                .append(file.holds())
                .append('\n'));
        text.append("  manifest.json: the above for machines, the files' SHA-256, and what is known of each kind\n")
                .append("Times are UTC, by the exporter's clock where nothing else is said.\n\n")
                .append("What is not in here\n");
        unseen.forEach(line -> text.append("  - ").append(line).append('\n'));
        return new Diagnostics.File("README.txt", "", text.toString().getBytes(StandardCharsets.UTF_8));
    }

    private static void line(StringBuilder text, String what, String value) {
        text.append("%-21s".formatted(what)).append(value).append('\n');
    }

    private String writer() {
        Origin origin = report.origin();
        return "Tenant Pulse " + origin.version() + ", application " + origin.application() + ", instance "
                + (origin.instance() == null ? "without a name" : origin.instance()) + ", partition "
                + origin.partition();
    }

    private static String orUnknown(@Nullable Instant instant) {
        return instant == null ? "unknown" : instant.toString();
    }

    Diagnostics.File manifest() {
        ClusterState cluster = report.snapshot().cluster();
        JsonObject json = new JsonObject()
                .put("format", FORMAT)
                .put("cluster", report.view().id().cluster())
                .put("namespace", report.view().id().namespace())
                .put("kind", report.view().id().kind())
                .put("name", report.view().id().name())
                .put("uid", report.view().uid())
                .put("asOf", report.asOf())
                .put("completeUpTo", report.snapshot().completeUpTo())
                .put("writtenAt", writtenAt)
                .put("writer", origin(report.origin()))
                .put("log", log(cluster))
                .put("kinds", List.copyOf(cluster.kinds().values()), DiagnosticsAbout::kind)
                .put("files", data, DiagnosticsAbout::file)
                .put("unseen", unseen);
        return Diagnostics.File.of("manifest.json", "", json);
    }

    private static JsonObject origin(Origin origin) {
        return new JsonObject()
                .put("product", "tenant-pulse")
                .put("version", origin.version())
                .put("application", origin.application())
                .put("instance", origin.instance())
                .put("partition", origin.partition());
    }

    private static JsonObject log(ClusterState cluster) {
        return new JsonObject()
                .put("epoch", cluster.last().epoch())
                .put("sequence", cluster.last().sequence())
                .put("watermark", cluster.watermark())
                .put("probed", cluster.probed())
                .put("skewMillis", cluster.skewMillis())
                .put("staleSince", cluster.staleSince())
                .put("rules", cluster.rulesHash());
    }

    private static JsonObject kind(KindState kind) {
        KindState.Gap gap = kind.gap();
        return new JsonObject()
                .put("kind", kind.kind())
                .put("state", TenantBody.word(kind.coverage()))
                .put("coveredTo", kind.coveredTo())
                .put("blindSince", kind.blindSince())
                .put(
                        "newestGap",
                        gap == null
                                ? null
                                : new JsonObject().put("from", gap.from()).put("to", gap.to()));
    }

    private static JsonObject file(Diagnostics.File file) {
        return new JsonObject()
                .put("name", file.name())
                .put("holds", file.holds())
                .put("bytes", file.content().length)
                .put("sha256", sha256(file.content()));
    }

    private static String sha256(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-256", e);
        }
    }
}
