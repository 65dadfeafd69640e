package io.tenantpulse.bench.detector;

import java.util.Locale;

/** What is told while it runs, on the error output: the tables come at the end. */
final class Progress {
    private Progress() {}

    static void say(LogWriter.Written log, Race.Finish finish) {
        Measurement measured = finish.measured();
        System.err.printf(
                Locale.ROOT,
                "%s: %s: %.2f CPU-s/M, %.0f records/s, %d bytes/record, peak %d MiB, %d records, %s%n",
                log.topic(),
                finish.entrant().words(),
                measured.cpuSecondsPerMillion(),
                measured.recordsPerSecond(),
                measured.allocatedPerRecord(),
                measured.peakBytes() >> 20,
                measured.records(),
                finish.firings() == null ? "" : finish.firings().byAlert());
    }
}
