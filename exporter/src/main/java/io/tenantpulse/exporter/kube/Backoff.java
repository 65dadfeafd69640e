package io.tenantpulse.exporter.kube;

import java.time.Duration;
import java.util.function.DoubleSupplier;

/** How long to wait before the next try: 0.8 s, doubled each time up to 30 s, each up to as much longer again so that not all return at once. */
final class Backoff {
    private static final Duration FIRST = Duration.ofMillis(800);
    private static final Duration MOST = Duration.ofSeconds(30);

    private final DoubleSupplier random;
    private Duration next = FIRST;

    /** @param random from 0, inclusive, to 1, exclusive */
    Backoff(DoubleSupplier random) {
        this.random = random;
    }

    /** The next wait. */
    Duration next() {
        Duration base = next;
        next = base.multipliedBy(2).compareTo(MOST) > 0 ? MOST : base.multipliedBy(2);
        long jitter = (long) (base.toMillis() * random.getAsDouble());
        Duration wait = base.plusMillis(jitter);
        return wait.compareTo(MOST) > 0 ? MOST : wait;
    }

    /** It worked. */
    void reset() {
        next = FIRST;
    }
}
