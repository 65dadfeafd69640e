package io.tenantpulse.topology.serde;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Writes the components of state one after the other: numbers in as few bytes as they need, texts as UTF-8 behind their
 * length, times and durations as whole milliseconds, what can be null behind a byte that says whether it is there. Of one
 * thread.
 */
final class StateWriter {
    private static final int FIRST_BYTES = 512;
    private static final int KEPT_BYTES = 64 << 10;
    private static final int LONGEST_NUMBER = 10;
    private static final ThreadLocal<StateWriter> REUSED = ThreadLocal.withInitial(StateWriter::new);
    private static final int MORE = 0x80;

    /** So many words of a state can be named again. */
    static final int EARLIER = 32;

    private static final int UUID_LENGTH = 36;

    private byte[] bytes = new byte[FIRST_BYTES];
    private int at;
    private final List<String> earlier = new ArrayList<>();
    private boolean coded;

    /** The thread's own, empty again: for one state at a time, of which {@link #toBytes} makes a copy. */
    static StateWriter reused() {
        StateWriter writer = REUSED.get();
        if (writer.bytes.length > KEPT_BYTES) {
            writer.bytes = new byte[FIRST_BYTES]; // one huge state must not cost its size for ever
        }
        writer.at = 0;
        writer.coded = false;
        return writer;
    }

    /** From here on words are written as numbers where they can be, which a reader must know. */
    void codeWords() {
        coded = true;
        earlier.clear();
    }

    byte[] toBytes() {
        return Arrays.copyOf(bytes, at);
    }

    int size() {
        return at;
    }

    private void need(int more) {
        if (at + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, at + more));
        }
    }

    void octet(int value) {
        need(1);
        bytes[at++] = (byte) value;
    }

    /** Always so many bytes, the last of which are 0 where there is less. */
    void fixed(byte[] value, int length) {
        need(length);
        System.arraycopy(value, 0, bytes, at, value.length);
        Arrays.fill(bytes, at + value.length, at + length, (byte) 0);
        at += length;
    }

    /** Always 8 bytes, the most significant first. */
    void fixed(long value) {
        need(Long.BYTES);
        for (int shift = Long.SIZE - Byte.SIZE; shift >= 0; shift -= Byte.SIZE) {
            bytes[at++] = (byte) (value >>> shift);
        }
    }

    void flag(boolean value) {
        octet(value ? 1 : 0);
    }

    void number(long value) {
        need(LONGEST_NUMBER);
        long rest = (value << 1) ^ (value >> (Long.SIZE - 1));
        while ((rest & -MORE) != 0) {
            bytes[at++] = (byte) (rest | MORE);
            rest >>>= 7;
        }
        bytes[at++] = (byte) rest;
    }

    void count(int value) {
        number(value);
    }

    void text(String value) {
        int length = value.length();
        int begin = at;
        number(length);
        need(length);
        for (int i = 0; i < length; i++) {
            char c = value.charAt(i);
            if (c >= MORE) {
                at = begin;
                beyondAscii(value);
                return;
            }
            bytes[at + i] = (byte) c;
        }
        at += length;
    }

    private void beyondAscii(String value) {
        byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
        bytes(utf8, 0, utf8.length);
    }

    void bytes(byte[] value, int from, int length) {
        number(length);
        need(length);
        System.arraycopy(value, from, bytes, at, length);
        at += length;
    }

    void time(Instant value) {
        number(value.toEpochMilli());
    }

    private static @Nullable UUID uuid(String value) {
        if (value.length() != UUID_LENGTH) {
            return null;
        }
        try {
            UUID uuid = UUID.fromString(value);
            return uuid.toString().equals(value) ? uuid : null;
        } catch (IllegalArgumentException e) {
            return null; // Kubernetes does not promise UUIDs.
        }
    }

    void duration(Duration value) {
        number(value.toMillis());
    }

    /** A text of a few that come often. */
    void word(String value) {
        if (!coded) {
            text(value);
            return;
        }
        int code = Words.code(value);
        if (code > 0) {
            number(code);
            return;
        }
        int before = earlier.indexOf(value);
        if (before >= 0) {
            number(-1L - before);
            return;
        }
        number(0);
        text(value);
        if (earlier.size() < EARLIER) {
            earlier.add(value);
        }
    }

    void word(Enum<?> value) {
        word(value.name());
    }

    /** An object's uid: 16 bytes behind one that says so, where words are coded and it is a UUID as Kubernetes writes them. */
    void uid(String value) {
        if (!coded) {
            text(value);
            return;
        }
        UUID uuid = uuid(value);
        flag(uuid != null);
        if (uuid == null) {
            text(value);
        } else {
            fixed(uuid.getMostSignificantBits());
            fixed(uuid.getLeastSignificantBits());
        }
    }

    /** Whether it is there, and what it is. */
    <T> void maybe(@Nullable T value, BiConsumer<StateWriter, T> write) {
        flag(value != null);
        if (value != null) {
            write.accept(this, value);
        }
    }

    <T> void each(List<T> values, BiConsumer<StateWriter, T> write) {
        number(values.size());
        for (T value : values) {
            write.accept(this, value);
        }
    }

    void words(List<String> values) {
        each(values, StateWriter::word);
    }
}
