package io.tenantpulse.standalone.replay;

import io.tenantpulse.detect.Rules;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What to replay, and how.
 *
 * @param files recordings, plain or gzip; {@code -} is standard input
 * @param lateness how late a line of a recording without marks may be; zero or more
 * @param until where time ends in every cluster; null: at the last line's time
 * @param badLines what happens to lines that cannot be used
 * @param rules the rules in force
 */
public record ReplayOptions(
        List<String> files, Duration lateness, @Nullable Instant until, BadLines badLines, Rules rules) {

    /** @throws IllegalArgumentException if there is no file, or the lateness is negative */
    public ReplayOptions {
        files = List.copyOf(files);
        if (files.isEmpty()) {
            throw new IllegalArgumentException("no recording given");
        }
        if (lateness.isNegative()) {
            throw new IllegalArgumentException("the lateness must not be negative: " + lateness);
        }
    }
}
