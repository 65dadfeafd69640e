package io.tenantpulse.http;

import io.tenantpulse.query.TenantReport;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * What the runbook asks to collect before a tenant is escalated, as one ZIP archive: a format that opens everywhere, that
 * issue trackers take, and that the JDK writes. The same report, written at the same instant, gives the same bytes.
 */
final class Diagnostics {
    static final String MEDIA_TYPE = "application/zip";

    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

    private final TenantReport report;
    private final Instant writtenAt;

    /** @param writtenAt by the detector's clock */
    Diagnostics(TenantReport report, Instant writtenAt) {
        this.report = report;
        this.writtenAt = writtenAt.truncatedTo(ChronoUnit.MILLIS);
    }

    /**
     * A file of the archive.
     *
     * @param holds what is in it, for people
     */
    record File(String name, String holds, byte[] content) {
        static File of(String name, String holds, JsonObject json) {
            return new File(name, holds, json.toPrettyString().getBytes(StandardCharsets.UTF_8));
        }
    }

    /** Of the archive, without ending; of letters, digits, dots, dashes and underscores only. */
    String name() {
        String tenant = report.view().id().cluster()
                + '-'
                + report.view().id().namespace()
                + '-'
                + report.view().id().name();
        return "diagnostics-" + tenant.replaceAll("[^A-Za-z0-9._-]", "_") + '-' + STAMP.format(report.asOf());
    }

    /** All files stand in one folder, so that archives can be unpacked beside each other. */
    byte[] archive() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        LocalDateTime time = LocalDateTime.ofInstant(report.asOf(), ZoneOffset.UTC);
        try (ZipOutputStream zip = new ZipOutputStream(bytes, StandardCharsets.UTF_8)) {
            for (File file : files()) {
                ZipEntry entry = new ZipEntry(name() + '/' + file.name());
                // Not setTime: it reads the time zone of this machine.
                entry.setTimeLocal(time);
                zip.putNextEntry(entry);
                zip.write(file.content());
                zip.closeEntry();
            }
        } catch (IOException e) {
            throw new UncheckedIOException("an archive in memory cannot be written", e);
        }
        return bytes.toByteArray();
    }

    /** What the archive says of itself comes first. */
    List<File> files() {
        List<File> data = new DiagnosticsData(report).files();
        DiagnosticsAbout about = new DiagnosticsAbout(report, writtenAt, data);
        List<File> all = new ArrayList<>(List.of(about.readme(), about.manifest()));
        all.addAll(data);
        return all;
    }
}
