package io.tenantpulse.topology.serde;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Avro's binary encoding, value by value, in the order of a schema that the caller knows. Where the bytes do not fit the order
 * it fails with an {@link IndexOutOfBoundsException}, or leaves bytes over. Texts that come again and again are one object.
 */
final class AvroBytes {
    private static final TextPool WORDS = new TextPool();
    private static final int MORE = 0x80;

    private final byte[] bytes;
    private int at;

    /** Begins with the byte at {@code from}. */
    AvroBytes(byte[] bytes, int from) {
        this.bytes = bytes;
        this.at = from;
    }

    boolean isAtEnd() {
        return at == bytes.length;
    }

    long number() {
        long value = 0;
        for (int shift = 0; shift < Long.SIZE; shift += 7) {
            int next = bytes[at++];
            value |= (long) (next & (MORE - 1)) << shift;
            if ((next & MORE) == 0) {
                return (value >>> 1) ^ -(value & 1);
            }
        }
        throw new IndexOutOfBoundsException("a number without an end");
    }

    int count() {
        long number = number();
        if (number != (int) number) {
            throw new IndexOutOfBoundsException("no int: " + number);
        }
        return (int) number;
    }

    boolean flag() {
        int value = bytes[at++];
        if (value != 0 && value != 1) {
            throw new IndexOutOfBoundsException("no boolean: " + value);
        }
        return value == 1;
    }

    private int length() {
        int length = count();
        if (length < 0 || length > bytes.length - at) {
            throw new IndexOutOfBoundsException("no length: " + length);
        }
        return length;
    }

    /** One that is seldom the same. */
    String text() {
        int length = length();
        String text = new String(bytes, at, length, StandardCharsets.UTF_8);
        at += length;
        return text;
    }

    /** One of a few that come often. */
    String word() {
        int length = length();
        String text = WORDS.text(bytes, at, length);
        at += length;
        return text;
    }

    /** Passes over a text that may be null. */
    void skipMaybeText() {
        maybe(in -> {
            int length = in.length();
            in.at += length;
            return length;
        });
    }

    Instant time() {
        return Instant.ofEpochMilli(number());
    }

    /** One of the symbols of an enum, which are the constants in their order. */
    <E extends Enum<E>> E symbol(E[] symbols) {
        return symbols[count()];
    }

    /** Null, or a value: a union of both, null first. */
    <T> @Nullable T maybe(Function<AvroBytes, T> read) {
        int branch = count();
        if (branch != 0 && branch != 1) {
            throw new IndexOutOfBoundsException("no branch: " + branch);
        }
        return branch == 0 ? null : read.apply(this);
    }

    <T> List<T> each(Function<AvroBytes, T> read) {
        long count = number();
        if (count == 0) {
            return List.of();
        }
        List<T> all = new ArrayList<>();
        for (; count != 0; count = number()) {
            if (count < 0) {
                count = -count;
                number(); // the bytes of the block, for those who skip it
            }
            for (; count > 0; count--) {
                all.add(read.apply(this));
            }
        }
        return List.copyOf(all);
    }
}
