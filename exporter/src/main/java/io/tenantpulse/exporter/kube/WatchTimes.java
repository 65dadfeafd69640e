package io.tenantpulse.exporter.kube;

import io.tenantpulse.exporter.ExporterConfig.Timing;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/** How long watches last and may be silent, and when they are renewed. */
record WatchTimes(Timing timing) {
    /** A renewal that failed is tried again after this part of the time that a watch lasts: 10 seconds of 6 minutes. */
    private static final int RETRY_SHARE = 36;

    /** How long a watch is to last: some longer than others, so that not all end at once. */
    long seconds() {
        long seconds = timing.watchTimeout().toSeconds();
        return seconds + ThreadLocalRandom.current().nextLong(Math.max(1, seconds / 5));
    }

    /**
     * The age at which a watch is renewed. A server sends a bookmark about once a minute, but a first one can be missing: of 6 minutes the last 200 seconds
     * are time for two tries. A watch younger than 80 seconds is not renewed.
     */
    long renewAtNanos(long seconds) {
        long timeout = timing.watchTimeout().toNanos();
        return Math.max(TimeUnit.SECONDS.toNanos(seconds) - timeout * 5 / 9, timeout * 2 / 9);
    }

    long retryNanos() {
        return timing.watchTimeout().toNanos() / RETRY_SHARE;
    }

    /** How long a watch may say nothing; one that has never proven itself half as long. */
    Duration patience(boolean proven) {
        return proven ? timing.firstBookmark().multipliedBy(2) : timing.firstBookmark();
    }
}
