package io.tenantpulse.exporter.kube;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** One watch request: its bytes as lines, and when it last said something. Used by its kind's thread alone. */
final class WatchStream {
    private final Exchange exchange;
    private final LineSplitter lines = new LineSplitter(LineSplitter.MAX_LINE_BYTES);
    private final long openedNanos = System.nanoTime();
    private long lastNewsNanos = openedNanos;
    private boolean proven;
    private boolean spoke;
    private volatile boolean midLine;

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
        midLine = lines.isMidLine();
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

    long openedNanos() {
        return openedNanos;
    }

    long ageNanos() {
        return System.nanoTime() - openedNanos;
    }

    long silentNanos() {
        return System.nanoTime() - lastNewsNanos;
    }

    /** Whether nothing that has arrived waits for its reader; half an event may have. */
    boolean isIdle() {
        return exchange.consumedAll() >= 0 && !exchange.isClosed();
    }

    /** Where its reader stands, if all that has arrived has been read, to the end of an event; null if not. */
    @Nullable
    ReadTo readTo() {
        long pieces = exchange.consumedAll();
        return pieces < 0 || midLine || exchange.isClosed() ? null : new ReadTo(exchange, pieces);
    }

    /** So many pieces of an answer have been read, and there were no more. */
    record ReadTo(Exchange exchange, long pieces) {}

    void close() {
        exchange.close();
    }
}
