package io.tenantpulse.topology.serde;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads what {@link StateWriter} wrote, in the same order. Texts that come again and again are one object. Of one thread. */
final class StateReader {
    private static final int MORE = 0x80;

    private static final TextPool WORDS = new TextPool();

    private final byte[] bytes;
    private final boolean coded;
    private final List<String> earlier;
    private int at;

    /** Begins with the byte at {@code from}. */
    StateReader(byte[] bytes, int from) {
        this(bytes, from, false);
    }

    /** @param coded see {@link StateWriter#codeWords} */
    StateReader(byte[] bytes, int from, boolean coded) {
        this.bytes = bytes;
        this.at = from;
        this.coded = coded;
        this.earlier = coded ? new ArrayList<>() : List.of();
    }

    boolean isAtEnd() {
        return at == bytes.length;
    }

    /** Where it reads next. */
    int at() {
        return at;
    }

    /** Passes over so many bytes; where they begin. */
    int skip(int length) {
        at += length;
        return at - length;
    }

    int octet() {
        return bytes[at++];
    }

    long fixedNumber() {
        long value = 0;
        for (int i = 0; i < Long.BYTES; i++) {
            value = value << Byte.SIZE | (bytes[at++] & 0xff);
        }
        return value;
    }

    /** A text of so many bytes, in a place of so many. */
    String fixedText(int length, int room) {
        String text = new String(bytes, at, length, StandardCharsets.UTF_8);
        at += room;
        return text;
    }

    boolean flag() {
        return bytes[at++] != 0;
    }

    long number() {
        long value = 0;
        int shift = 0;
        int next;
        do {
            next = bytes[at++];
            value |= (long) (next & (MORE - 1)) << shift;
            shift += 7;
        } while ((next & MORE) != 0);
        return (value >>> 1) ^ -(value & 1);
    }

    int count() {
        return Math.toIntExact(number());
    }

    /** One that is seldom the same. */
    String text() {
        int length = count();
        return fixedText(length, length);
    }

    /** One of a few that come often. */
    String word() {
        int code = coded ? count() : 0;
        if (code > 0) {
            return Words.word(code);
        }
        if (code < 0) {
            return earlier.get(-1 - code);
        }
        int length = count();
        String text = WORDS.text(bytes, at, length);
        at += length;
        if (coded && earlier.size() < StateWriter.EARLIER) {
            earlier.add(text);
        }
        return text;
    }

    String uid() {
        return coded && flag() ? new UUID(fixedNumber(), fixedNumber()).toString() : text();
    }

    Instant time() {
        return Instant.ofEpochMilli(number());
    }

    Duration duration() {
        long millis = number();
        return millis == 0 ? Duration.ZERO : Duration.ofMillis(millis);
    }

    <E extends Enum<E>> E word(Class<E> type) {
        return Enum.valueOf(type, word());
    }

    <T> @Nullable T maybe(Function<StateReader, T> read) {
        return flag() ? read.apply(this) : null;
    }

    <T> List<T> each(Function<StateReader, T> read) {
        int count = count();
        if (count == 0) {
            return List.of();
        }
        List<T> all = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            all.add(read.apply(this));
        }
        return List.copyOf(all);
    }

    List<String> words() {
        return each(StateReader::word);
    }
}
