package io.tenantpulse.standalone.demo;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/** Trouble that a test orders from a demo API server. Thread-safe; effective for the next request, stalling and closing also for running watches. */
public final class Faults {
    private final Runnable wakeWatches;
    private final AtomicInteger refusals = new AtomicInteger();
    private volatile int refusalCode;
    private volatile Duration delay = Duration.ZERO;
    private volatile boolean hung;
    private volatile boolean stalled;
    private volatile int watchGeneration;

    Faults(Runnable wakeWatches) {
        this.wakeWatches = wakeWatches;
    }

    /** Ends every running watch, as a restarting API server or load balancer does. */
    public void closeWatches() {
        watchGeneration++;
        wakeWatches.run();
    }

    /** Lets every answer wait. */
    public void delay(Duration by) {
        delay = by;
    }

    /** Refuses the next requests, for instance with 429 or 500. */
    public void refuse(int code, int times) {
        refusalCode = code;
        refusals.set(times);
    }

    /** Accepts requests and answers none, until told otherwise; then what waited is answered. */
    public void hang(boolean on) {
        hung = on;
    }

    /** Leaves watches open and sends nothing on them, neither events nor bookmarks nor the headers of new ones. */
    public void stallWatches(boolean on) {
        stalled = on;
        wakeWatches.run();
    }

    void beforeAnswer() throws InterruptedException {
        if (!delay.isZero()) {
            Thread.sleep(delay.toMillis());
        }
        while (hung) {
            Thread.sleep(20);
        }
        if (refusals.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
            throw new ApiError(
                    refusalCode,
                    refusalCode == 429 ? "TooManyRequests" : "InternalError",
                    refusalCode == 429 ? "too many requests, please try again later" : "an error on the server");
        }
    }

    boolean watchesStalled() {
        return stalled;
    }

    int watchGeneration() {
        return watchGeneration;
    }
}
