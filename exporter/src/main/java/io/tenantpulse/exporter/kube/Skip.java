package io.tenantpulse.exporter.kube;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Looks at bytes eight at a time: most bytes of an object are only stepped over. */
public final class Skip {
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final int WORD = Long.BYTES;
    private static final long ONES = 0x0101010101010101L;
    private static final long HIGHS = 0x8080808080808080L;
    private static final long LOWS = ~HIGHS;
    private static final long QUOTES = ONES * '"';
    private static final long BACKSLASHES = ONES * '\\';
    private static final long NEWLINES = ONES * '\n';
    private static final long HASH_FACTOR = 0x9E3779B97F4A7C15L;

    /** Bits in which the four brackets differ; no other byte that JSON has outside of strings becomes all ones with them. */
    private static final long BRACKET_BITS = ONES * 0x26;

    /** Of the brackets only the closing ones have the bit 0x04: shifted by this it is a byte's highest. */
    private static final int CLOSING_TO_HIGH = 5;

    private Skip() {}

    /**
     * Index after the closing quote of the string whose inside begins at {@code from}; negative when there is none before
     * {@code end}.
     */
    public static int string(byte[] in, int from, int end) {
        int at = from;
        while (true) {
            while (at + WORD <= end) {
                long word = (long) LONGS.get(in, at);
                long hits = zeroes(word ^ QUOTES) | zeroes(word ^ BACKSLASHES);
                if (hits != 0) {
                    at += Long.numberOfTrailingZeros(hits) >>> 3;
                    break;
                }
                at += WORD;
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

    /** Index of the first byte that is a quote, a backslash or no ASCII; {@code end} when there is none. */
    static int plain(byte[] in, int from, int end) {
        int at = from;
        while (at + WORD <= end) {
            long word = (long) LONGS.get(in, at);
            long hits = zeroes(word ^ QUOTES) | zeroes(word ^ BACKSLASHES) | (word & HIGHS);
            if (hits != 0) {
                return at + (Long.numberOfTrailingZeros(hits) >>> 3);
            }
            at += WORD;
        }
        while (at < end && in[at] != '"' && in[at] != '\\' && in[at] >= 0) {
            at++;
        }
        return at;
    }

    /** Index of the first line feed; {@code end} when there is none. */
    public static int newline(byte[] in, int from, int end) {
        int at = from;
        while (at + WORD <= end) {
            long hits = zeroes((long) LONGS.get(in, at) ^ NEWLINES);
            if (hits != 0) {
                return at + (Long.numberOfTrailingZeros(hits) >>> 3);
            }
            at += WORD;
        }
        while (at < end && in[at] != '\n') {
            at++;
        }
        return at;
    }

    /** Index of the first line feed from the buffer's position on; negative when there is none. */
    static int newline(ByteBuffer piece) {
        ByteBuffer in = piece.duplicate().order(ByteOrder.LITTLE_ENDIAN);
        int at = in.position();
        int end = in.limit();
        while (at + WORD <= end) {
            long hits = zeroes(in.getLong(at) ^ NEWLINES);
            if (hits != 0) {
                return at + (Long.numberOfTrailingZeros(hits) >>> 3);
            }
            at += WORD;
        }
        for (; at < end; at++) {
            if (in.get(at) == '\n') {
                return at;
            }
        }
        return -1;
    }

    /**
     * Index after the object or array that begins at {@code from}; negative when it does not end before {@code end}. Brackets
     * are counted by the word: those in strings are masked out, quotes after a backslash too. Only where the last bracket may
     * close, or backslashes stand in a row or outside of strings, is each byte looked at.
     */
    public static int nested(byte[] in, int from, int end) {
        int at = from + 1;
        int depth = 1;
        long inString = 0;
        long escaped = 0;
        while (at >= 0 && at < end) {
            while (at + WORD <= end) {
                long word = (long) LONGS.get(in, at);
                long quotes = marks(word ^ QUOTES);
                long slashes = 0;
                if ((zeroes(word ^ BACKSLASHES) | escaped) != 0) {
                    slashes = marks(word ^ BACKSLASHES) & ~escaped;
                    quotes &= ~(slashes << Byte.SIZE | escaped);
                }
                long strings = upToEach(quotes) ^ inString;
                long brackets = marks((word | BRACKET_BITS) ^ LOWS) & ~strings;
                int closing = Long.bitCount(brackets & word << CLOSING_TO_HIGH);
                if (closing >= depth || (slashes & (slashes << Byte.SIZE | ~strings)) != 0) {
                    break;
                }
                depth += Long.bitCount(brackets) - 2 * closing;
                inString = strings >> 63 & HIGHS;
                escaped = slashes >>> 56;
                at += WORD;
            }
            int until = Math.min(at + WORD, end);
            if (inString != 0) {
                at = string(in, escaped == 0 ? at : at + 1, end);
                inString = 0;
                escaped = 0;
            }
            while (at >= 0 && at < until) {
                byte b = in[at++];
                if (b == '"') {
                    at = string(in, at, end);
                } else if (b == '{' || b == '[') {
                    depth++;
                } else if ((b == '}' || b == ']') && --depth == 0) {
                    return at;
                }
            }
        }
        return -1;
    }

    /** A hash of all the bytes. */
    static long hash(byte[] in, int from, int length) {
        long hash = length;
        int last = from + length - WORD;
        for (int at = from; at < last; at += WORD) {
            hash = mix(hash, (long) LONGS.get(in, at));
        }
        return mix(hash, lastWord(in, from, length));
    }

    /** The first eight bytes, or all, with zeroes after them, if there are fewer. */
    static long firstWord(byte[] in, int from, int length) {
        return length >= WORD ? (long) LONGS.get(in, from) : shortWord(in, from, length);
    }

    /** The last eight bytes, or all, with zeroes after them, if there are fewer. */
    static long lastWord(byte[] in, int from, int length) {
        return length >= WORD ? (long) LONGS.get(in, from + length - WORD) : shortWord(in, from, length);
    }

    private static long shortWord(byte[] in, int from, int length) {
        if (from + WORD <= in.length) {
            return (long) LONGS.get(in, from) & (1L << length * 8) - 1;
        }
        long word = 0;
        for (int i = length - 1; i >= 0; i--) {
            word = word << 8 | in[from + i] & 0xFF;
        }
        return word;
    }

    /** Stirs one more word into a hash. */
    static long mix(long hash, long word) {
        long mixed = (hash ^ word) * HASH_FACTOR;
        return mixed ^ mixed >>> 29;
    }

    /** The lowest marked byte is a zero of the word; marks above it may be wrong, and nobody looks at them. */
    private static long zeroes(long word) {
        return (word - ONES) & ~word & HIGHS;
    }

    /** Marks exactly the zero bytes of the word. */
    private static long marks(long word) {
        return ~((word & LOWS) + LOWS | word | LOWS);
    }

    /** Marks each byte at or after which, towards the low end, stands an odd number of marks. */
    private static long upToEach(long marks) {
        long sums = marks ^ marks << 8;
        sums ^= sums << 16;
        return sums ^ sums << 32;
    }
}
