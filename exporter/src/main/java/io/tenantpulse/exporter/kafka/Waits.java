package io.tenantpulse.exporter.kafka;

import java.time.Duration;
import java.util.function.LongSupplier;
import org.slf4j.Logger;

/** Says that something is waited for, and why, at once and then every half minute: who waits for hours must not fill the logs. Thread-safe. */
final class Waits {
    static final Duration EVERY = Duration.ofSeconds(30);

    private final Logger log;
    private final LongSupplier nanos;
    private long nextNanos;

    Waits(Logger log) {
        this(log, System::nanoTime);
    }

    /** @param nanos a monotonic clock */
    Waits(Logger log, LongSupplier nanos) {
        this.log = log;
        this.nanos = nanos;
        this.nextNanos = nanos.getAsLong();
    }

    /** @param what is waited for, for people */
    synchronized void say(String what, Exception why) {
        long now = nanos.getAsLong();
        if (now - nextNanos >= 0) {
            nextNanos = now + EVERY.toNanos();
            log.atWarn().addKeyValue("why", why.getMessage()).log(what);
        }
    }
}
