package io.tenantpulse.exporter.kube;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Waits that end at once, and for ever, when whoever waits is to end. */
final class Pauses {
    private boolean over;

    /** Waits so long, or until {@link #end}. */
    synchronized void pause(Duration time) throws InterruptedException {
        long until = System.nanoTime() + time.toNanos();
        long left = time.toNanos();
        while (!over && left > 0) {
            TimeUnit.NANOSECONDS.timedWait(this, left);
            left = until - System.nanoTime();
        }
    }

    /** No more waiting. */
    synchronized void end() {
        over = true;
        notifyAll();
    }
}
