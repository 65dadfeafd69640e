package io.tenantpulse.exporter.kube;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Makes lines of the bytes of a watch, however they are cut into pieces. A line longer than the limit is handed on cut off at the limit and marked so:
 * its beginning still tells which object it is.
 */
final class LineSplitter {
    /** Far above what an API server stores of one object (1.5 MiB). */
    static final int MAX_LINE_BYTES = 16 * 1024 * 1024;

    private static final int START_BYTES = 16 * 1024;

    private final int limit;
    private byte[] line = new byte[START_BYTES];
    private int length;
    private boolean cut;

    LineSplitter(int limit) {
        this.limit = limit;
    }

    /** Receives one line; the array is reused after the call. */
    interface LineReader {
        void line(byte[] bytes, int length, boolean cut) throws InterruptedException;
    }

    /** Takes the next piece and hands on every line that it completes. */
    void feed(ByteBuffer piece, LineReader reader) throws InterruptedException {
        while (piece.hasRemaining()) {
            int newline = Skip.newline(piece);
            int until = newline < 0 ? piece.limit() : newline;
            append(piece, until - piece.position());
            if (newline >= 0) {
                piece.position(newline + 1);
                emit(reader);
            }
        }
    }

    /** Whether the beginning of a line has come and its end has not. */
    boolean isMidLine() {
        return length > 0;
    }

    private void append(ByteBuffer piece, int count) {
        int taken = Math.min(count, limit - length);
        if (length + taken > line.length) {
            line = Arrays.copyOf(line, Math.min(limit, Math.max(line.length * 2, length + taken)));
        }
        piece.get(line, length, taken);
        length += taken;
        if (taken < count) {
            cut = true;
            piece.position(piece.position() + count - taken);
        }
    }

    private void emit(LineReader reader) throws InterruptedException {
        int done = length;
        boolean wasCut = cut;
        length = 0;
        cut = false;
        if (done > 0) {
            reader.line(line, done, wasCut);
        }
        if (line.length > 1024 * 1024) {
            line = new byte[START_BYTES]; // one huge object must not cost its size for ever
        }
    }
}
