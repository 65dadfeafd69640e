package io.tenantpulse.standalone;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What stands in a recording while it is being written. */
final class Recorded {
    private static final Pattern WATERMARK = Pattern.compile("\"ts\":\"([^\"]+)\".*\"type\":\"WATERMARK\"");

    private Recorded() {}

    /** Waits for a later watermark, and gives it. */
    static Instant awaitWatermarkAfter(Path recording, Instant time) {
        return await("a watermark after " + time + " in " + recording.getFileName())
                .atMost(RealPipeline.PATIENCE)
                .until(() -> lastWatermark(recording), last -> last.isAfter(time));
    }

    private static Instant lastWatermark(Path recording) throws IOException {
        Instant last = Instant.MIN;
        for (String line : Files.readAllLines(recording)) {
            Matcher mark = WATERMARK.matcher(line);
            if (mark.find()) {
                last = Instant.parse(mark.group(1));
            }
        }
        return last;
    }
}
