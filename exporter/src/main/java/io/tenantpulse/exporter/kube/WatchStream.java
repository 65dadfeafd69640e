package io.tenantpulse.exporter.kube;

import java.nio.ByteBuffer;

/** One watch request: its bytes as lines, and when it last said something. Used by its kind's thread alone. */
final class WatchStream {
    private final Exchange exchange;
    private final LineSplitter lines = new LineSplitter(LineSplitter.MAX_LINE_BYTES);
    private final long openedNanos = System.nanoTime();
    private long lastNewsNanos = openedNanos;
    private boolean proven;
    private boolean spoke;

    WatchStream(Exchange exchange) {
        this.exchange = exchange;
    }

    boolean isOf(Exchange other) {
        return exchange == other;
    }

    void feed(Delivery.Bytes bytes, LineSplitter.LineReader reader) throws InterruptedException {
        for (ByteBuffer piece : bytes.buffers()) {
            lines.feed(piece, reader);
        }
    }

    /** A whole event or bookmark has been read. */
    void news(boolean proves) {
        lastNewsNanos = System.nanoTime();
        spoke = true;
        proven |= proves;
    }

    boolean isProven() {
        return proven;
    }

    boolean hasSpoken() {
        return spoke;
    }

    long ageNanos() {
        return System.nanoTime() - openedNanos;
    }

    long silentNanos() {
        return System.nanoTime() - lastNewsNanos;
    }

    boolean isCaughtUp() {
        return exchange.isIdle() && !exchange.isClosed();
    }

    void close() {
        exchange.close();
    }
}
