package io.tenantpulse.standalone.replay;

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
    private byte[] line = new byte[CHUNK_BYTES];
    private int at;
    private int end;
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
        while (at < end || fill()) {
            any = true;
            int newline = newline();
            take(newline < 0 ? end : newline);
            if (newline >= 0) {
                at = newline + 1;
                whole = true;
                break;
            }
            at = end;
        }
        number += any ? 1 : 0;
        return any;
    }

    private boolean fill() throws IOException {
        at = 0;
        end = Math.max(0, in.read(chunk, 0, chunk.length));
        return end > 0;
    }

    private int newline() {
        for (int i = at; i < end; i++) {
            if (chunk[i] == '\n') {
                return i;
            }
        }
        return -1;
    }

    private void take(int until) {
        int more = until - at;
        if (tooLong || length + more > maxLineBytes) {
            tooLong = true;
            return;
        }
        if (length + more > line.length) {
            line = Arrays.copyOf(line, Math.max(length + more, Math.min(maxLineBytes, line.length * 2)));
        }
        System.arraycopy(chunk, at, line, length, more);
        length += more;
    }

    /** A copy of the present line, without its end. */
    byte[] line() {
        return Arrays.copyOf(line, length);
    }

    /** Whether the present line has its end; only a file's last one can lack it. */
    boolean isWhole() {
        return whole;
    }

    boolean isTooLong() {
        return tooLong;
    }

    boolean isBlank() {
        for (int i = 0; i < length; i++) {
            if (line[i] > ' ' || line[i] < 0) {
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
