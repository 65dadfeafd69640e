package io.tenantpulse.standalone.replay;

import io.tenantpulse.exporter.kube.Skip;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/** Cuts a stream into lines in bounded memory: a longer line than allowed is passed over and reported as too long. */
final class LineReader {
    /** An API server refuses objects above 3 MiB; 16 leaves room for every envelope. */
    static final int MAX_LINE_BYTES = 16 << 20;

    private static final int CHUNK_BYTES = 1 << 16;

    private final InputStream in;
    private final int maxLineBytes;
    private final byte[] chunk = new byte[CHUNK_BYTES];
    /** The beginning of a line that ends in a later chunk. */
    private byte[] begun = new byte[CHUNK_BYTES];

    private int at;
    private int end;
    /** Where the present line stands, in the chunk or in what was begun. */
    private byte[] source = chunk;

    private int from;
    private int length;
    private boolean tooLong;
    private boolean whole;
    private long number;

    LineReader(InputStream in, int maxLineBytes) {
        this.in = in;
        this.maxLineBytes = maxLineBytes;
    }

    /** Reads the next line; false at the end. */
    boolean next() throws IOException {
        length = 0;
        tooLong = false;
        whole = false;
        boolean any = false;
        while (!whole && (at < end || fill())) {
            int newline = Skip.newline(chunk, at, end);
            whole = newline < end;
            take(newline, any || !whole);
            at = whole ? newline + 1 : end;
            any = true;
        }
        number += any ? 1 : 0;
        return any;
    }

    private boolean fill() throws IOException {
        at = 0;
        end = Math.max(0, in.read(chunk, 0, chunk.length));
        return end > 0;
    }

    /** Takes what of the line stands in the chunk; the chunk is overwritten before the line's other pieces come. */
    private void take(int until, boolean isPiece) {
        int more = until - at;
        if (tooLong || length + more > maxLineBytes) {
            tooLong = true;
            return;
        }
        if (!isPiece) {
            source = chunk;
            from = at;
            length = more;
            return;
        }
        if (length + more > begun.length) {
            begun = Arrays.copyOf(begun, Math.max(length + more, Math.min(maxLineBytes, begun.length * 2)));
        }
        System.arraycopy(chunk, at, begun, length, more);
        source = begun;
        from = 0;
        length += more;
    }

    /** A copy of the present line, without its end. */
    byte[] line() {
        return Arrays.copyOfRange(source, from, from + length);
    }

    /** Whether the present line has its end; only a file's last one can lack it. */
    boolean isWhole() {
        return whole;
    }

    boolean isTooLong() {
        return tooLong;
    }

    boolean isBlank() {
        for (int i = from; i < from + length; i++) {
            if (source[i] > ' ' || source[i] < 0) {
                return false;
            }
        }
        return !tooLong;
    }

    /** Number of the present line, from 1. */
    long number() {
        return number;
    }
}
