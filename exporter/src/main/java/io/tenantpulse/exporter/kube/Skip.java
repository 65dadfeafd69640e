package io.tenantpulse.exporter.kube;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Steps over the inside of JSON strings, eight bytes at a time: most bytes of an object are never looked at otherwise. */
final class Skip {
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long ONES = 0x0101010101010101L;
    private static final long HIGHS = 0x8080808080808080L;
    private static final long QUOTES = ONES * '"';
    private static final long BACKSLASHES = ONES * '\\';

    private Skip() {}

    /**
     * Index after the closing quote of the string whose inside begins at {@code from}; negative when there is none before
     * {@code end}.
     */
    static int string(byte[] in, int from, int end) {
        int at = from;
        while (true) {
            while (at + 8 <= end) {
                long word = (long) LONGS.get(in, at);
                long hits = zeroes(word ^ QUOTES) | zeroes(word ^ BACKSLASHES);
                if (hits != 0) {
                    at += Long.numberOfTrailingZeros(hits) >>> 3;
                    break;
                }
                at += 8;
            }
            if (at >= end) {
                return -1;
            }
            byte b = in[at++];
            if (b == '"') {
                return at;
            }
            if (b == '\\') {
                at++;
            }
        }
    }

    /** The lowest marked byte is a zero of the word; marks above it may be wrong, and nobody looks at them. */
    private static long zeroes(long word) {
        return (word - ONES) & ~word & HIGHS;
    }
}
