package io.tenantpulse.standalone;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;

/** Tells a person how a start gets on: one line for each part, with the time that it took. */
final class Progress {
    private final PrintStream err;
    private final long begunNanos = System.nanoTime();
    private long partNanos = begunNanos;

    Progress(PrintStream err) {
        this.err = err;
    }

    /** A part has started. */
    void started(String part, String where) {
        long now = System.nanoTime();
        say("  %-16s %-44s %s".formatted(part, where, seconds(now - partNanos)));
        partNanos = now;
    }

    /** All parts have started. */
    void ready() {
        say("ready in " + seconds(System.nanoTime() - begunNanos));
    }

    void say(String line) {
        err.println(TerminalText.clean(line));
    }

    private static String seconds(long nanos) {
        return String.format(Locale.ROOT, "%.1f s", Duration.ofNanos(nanos).toMillis() / 1000.0);
    }
}
