package io.tenantpulse.topology.serde;

import io.tenantpulse.detect.BrokenSpec;
import io.tenantpulse.detect.NotReady;
import io.tenantpulse.detect.Own;
import io.tenantpulse.detect.Position;
import io.tenantpulse.detect.TenantState;
import io.tenantpulse.diagnose.Tally;
import io.tenantpulse.trends.Standing;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Keeps what is remembered of a tenant as bytes: one of format version, then all components in a fixed order. It is read and
 * written with every change, which with {@link StateSerde} cost more than all else. What that one wrote (version 1) is read,
 * too, and what was written in versions 2 and 3. To add a component is to raise the version, and to go on reading this one.
 *
 * <p>Whether an alert of it fires or an incident goes on, and when something is due of it, stands in the beginning, and then, in places of fixed size,
 * where it was last seen, so that it can be moved without reading the rest.
 * Thread-safe.
 */
public final class TenantSerde {
    static final byte VERSION = 4;

    /** Without what is due in the beginning; the deadline stands at the end. */
    private static final byte SECOND = 2;

    /** Words and uids as texts. */
    private static final byte THIRD = 3;

    private static final int SECOND_POSITION_AT = 2;

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
    private static final int TOLD_AT = 1;
    private static final int FIRING = 1;
    private static final int INCIDENT = 2;
    private static final int DEADLINE_AT = 2;
    private static final int LOOK_AT = DEADLINE_AT + Long.BYTES;
    private static final int POSITION_AT = LOOK_AT + Long.BYTES;
    private static final int SEEN_AT = POSITION_AT + 2 * Long.BYTES;
    private static final int OBJECT_VERSION_AT = SEEN_AT + Long.BYTES;
    /** Room for a resourceVersion: a number of 64 bits has up to 20 digits. */
    public static final int OBJECT_VERSION_ROOM = 20;

    private static final int ELSEWHERE = -1;
    private static final long NEVER = Long.MAX_VALUE;

    private final StateSerde<TenantState> first = new StateSerde<>(TenantState.class);

    /** The bytes that are kept. */
    public byte[] toBytes(TenantState state) {
        StateWriter out = StateWriter.reused();
        out.codeWords();
        out.octet(VERSION);
        out.octet((state.isFiring() ? FIRING : 0) | (state.incident() != null ? INCIDENT : 0));
        out.fixed(millis(state.deadline()));
        out.fixed(millis(state.standing() == null ? null : state.standing().causeDue()));
        out.fixed(state.position().epoch());
        out.fixed(state.position().sequence());
        out.fixed(state.seenAt().toEpochMilli());
        byte[] version = state.resourceVersion().getBytes(StandardCharsets.UTF_8);
        boolean fits = version.length <= OBJECT_VERSION_ROOM;
        out.octet(fits ? version.length : ELSEWHERE);
        out.fixed(fits ? version : new byte[0], OBJECT_VERSION_ROOM);
        if (!fits) {
            out.text(state.resourceVersion());
        }
        FactsBytes.put(out, state.id());
        out.uid(state.uid());
        out.number(state.frame().epoch());
        out.number(state.frame().sequence());
        FactsBytes.put(out, state.facts());
        out.time(state.generationSince());
        out.maybe(state.unbrokenSince(), StateWriter::time);
        out.maybe(state.undecodableSince(), StateWriter::time);
        put(out, state.own());
        out.each(state.clocks(), ClockBytes::put);
        out.maybe(state.incident(), ClockBytes::put);
        ClockBytes.put(out, state.flips());
        out.maybe(state.review(), StateWriter::time);
        out.maybe(state.standing(), ClockBytes::put);
        return out.toBytes();
    }

    /** What was kept. */
    public TenantState toState(byte[] bytes) {
        return toState(bytes, 0, bytes.length);
    }

    /**
     * What was kept in {@code bytes} from {@code from} on, before {@code to}.
     *
     * @throws IllegalStateException if the bytes are of a version that this code does not know
     */
    public TenantState toState(byte[] bytes, int from, int to) {
        byte format = to > from ? bytes[from] : 0;
        boolean second = format == SECOND;
        if (format != VERSION && format != THIRD && !second) {
            return first.toState(Arrays.copyOfRange(bytes, from, to));
        }
        StateReader in = new StateReader(bytes, from + (second ? SECOND_POSITION_AT : POSITION_AT), format == VERSION);
        Position position = new Position(in.fixedNumber(), in.fixedNumber());
        Instant seenAt = Instant.ofEpochMilli(in.fixedNumber());
        int length = in.octet();
        String version = in.fixedText(Math.max(0, length), OBJECT_VERSION_ROOM);
        if (length == ELSEWHERE) {
            version = in.text();
        }
        TenantState state = new TenantState(
                FactsBytes.tenantId(in),
                in.uid(),
                version,
                position,
                seenAt,
                new Position(in.number(), in.number()),
                FactsBytes.tenantFacts(in),
                in.time(),
                in.maybe(StateReader::time),
                in.maybe(StateReader::time),
                own(in),
                in.each(ClockBytes::clock),
                in.maybe(ClockBytes::incident),
                ClockBytes.flips(in),
                in.maybe(StateReader::time),
                in.maybe(ClockBytes::standing),
                second ? in.maybe(StateReader::time) : time(bytes, from + DEADLINE_AT));
        if (in.at() != to) {
            throw new IllegalStateException("state of tenant " + state.id().key() + " has bytes after its end;"
                    + " reset the application and read the log anew");
        }
        return state;
    }

    private static boolean isCurrent(byte[] bytes, int from, int to) {
        return to > from && bytes[from] == VERSION;
    }

    /** What was kept, as {@link #toBytes} writes it now; null: it is so already. */
    public byte @Nullable [] renewed(byte[] bytes, int from, int to) {
        return isCurrent(bytes, from, to) ? null : toBytes(toState(bytes, from, to));
    }

    private static long millis(@Nullable Instant time) {
        return time == null ? NEVER : time.toEpochMilli();
    }

    private static @Nullable Instant time(byte[] bytes, int at) {
        long millis = (long) LONGS.get(bytes, at);
        return millis == NEVER ? null : Instant.ofEpochMilli(millis);
    }

    /** When something of the tenant is due, without reading the rest; null: nothing. */
    public @Nullable Instant deadline(byte[] bytes, int from, int to) {
        return isCurrent(bytes, from, to)
                ? time(bytes, from + DEADLINE_AT)
                : toState(bytes, from, to).deadline();
    }

    /** When the tenant is to be looked at for its cause, without reading the rest; null: not. */
    public @Nullable Instant look(byte[] bytes, int from, int to) {
        if (isCurrent(bytes, from, to)) {
            return time(bytes, from + LOOK_AT);
        }
        Standing standing = toState(bytes, from, to).standing();
        return standing == null ? null : standing.causeDue();
    }

    /** Whether an alert of the tenant fires, without reading the rest. */
    public boolean isFiring(byte[] bytes, int from, int to) {
        return isCurrent(bytes, from, to)
                ? (bytes[from + TOLD_AT] & FIRING) != 0
                : toState(bytes, from, to).isFiring();
    }

    /** Whether an alert of the tenant fires or an incident goes on, without reading the rest. */
    public boolean isTold(byte[] bytes, int from, int to) {
        return isCurrent(bytes, from, to)
                ? bytes[from + TOLD_AT] != 0
                : toState(bytes, from, to).isTold();
    }

    /** Whether kept bytes have room to {@link #see}: not those of an older version, nor where a long resourceVersion stands. */
    public static boolean hasRoom(byte[] bytes, int from) {
        return bytes[from] == VERSION && bytes[from + OBJECT_VERSION_AT] != ELSEWHERE;
    }

    /**
     * Moves in kept bytes where the tenant was last seen.
     *
     * @return false, and nothing is moved: it does not fit
     */
    public static boolean see(byte[] bytes, int from, Sight sight) {
        if (!hasRoom(bytes, from) || sight.length > OBJECT_VERSION_ROOM) {
            return false;
        }
        LONGS.set(bytes, from + POSITION_AT, sight.epoch);
        LONGS.set(bytes, from + POSITION_AT + Long.BYTES, sight.sequence);
        LONGS.set(bytes, from + SEEN_AT, sight.at);
        bytes[from + OBJECT_VERSION_AT] = (byte) sight.length;
        System.arraycopy(sight.text, sight.from, bytes, from + OBJECT_VERSION_AT + 1, sight.length);
        return true;
    }

    /** Whether kept bytes say that the tenant was last seen there. */
    public static boolean isSeenAt(byte[] bytes, int from, Position position) {
        return bytes[from] == VERSION
                && (long) LONGS.get(bytes, from + POSITION_AT) == position.epoch()
                && (long) LONGS.get(bytes, from + POSITION_AT + Long.BYTES) == position.sequence();
    }

    /** Where kept bytes say that the tenant was last seen; null: they are of an older version, or have it elsewhere. */
    public static @Nullable Sight sight(byte[] bytes, int from) {
        if (!hasRoom(bytes, from)) {
            return null;
        }
        return new Sight(
                (long) LONGS.get(bytes, from + POSITION_AT),
                (long) LONGS.get(bytes, from + POSITION_AT + Long.BYTES),
                (long) LONGS.get(bytes, from + SEEN_AT),
                bytes,
                from + OBJECT_VERSION_AT + 1,
                bytes[from + OBJECT_VERSION_AT]);
    }

    /**
     * Where a tenant was seen.
     *
     * @param at the instant, in milliseconds
     * @param text bytes that hold the resourceVersion, in UTF-8, from {@code from} on
     */
    public record Sight(long epoch, long sequence, long at, byte[] text, int from, int length) {
        /** Whether the other says the same. */
        public boolean isSame(Sight other) {
            return epoch == other.epoch
                    && sequence == other.sequence
                    && at == other.at
                    && Arrays.equals(text, from, from + length, other.text, other.from, other.from + other.length);
        }
    }

    private static void put(StateWriter out, Own own) {
        out.each(own.unready(), TenantSerde::put);
        out.words(own.reads());
        out.words(own.looksAt());
        out.flag(own.certain());
        out.flag(own.frozen());
        out.maybe(own.tally(), TenantSerde::put);
        out.maybe(own.broken(), TenantSerde::put);
    }

    private static Own own(StateReader in) {
        return new Own(
                in.each(TenantSerde::notReady),
                in.words(),
                in.words(),
                in.flag(),
                in.flag(),
                in.maybe(TenantSerde::tally),
                in.maybe(TenantSerde::broken));
    }

    private static void put(StateWriter out, NotReady resource) {
        out.word(resource.id());
        out.maybe(resource.kind(), StateWriter::word);
        out.flag(resource.required());
        out.time(resource.since());
        out.maybe(resource.absentSince(), StateWriter::time);
        out.maybe(resource.lastReadyAt(), StateWriter::time);
        out.flag(resource.regressed());
        out.maybe(resource.hold(), TenantSerde::put);
    }

    private static NotReady notReady(StateReader in) {
        return new NotReady(
                in.word(),
                in.maybe(StateReader::word),
                in.flag(),
                in.time(),
                in.maybe(StateReader::time),
                in.maybe(StateReader::time),
                in.flag(),
                in.maybe(TenantSerde::hold));
    }

    private static void put(StateWriter out, NotReady.Hold hold) {
        ClockBytes.put(out, hold.stretch());
        out.duration(hold.timeout());
        out.maybe(hold.waitedForSince(), StateWriter::time);
    }

    private static NotReady.Hold hold(StateReader in) {
        return new NotReady.Hold(ClockBytes.stretch(in), in.duration(), in.maybe(StateReader::time));
    }

    private static void put(StateWriter out, Tally tally) {
        out.number(tally.resources());
        out.number(tally.ready());
        out.number(tally.open());
        out.number(tally.heldBack());
        out.number(tally.loose());
        out.words(tally.duplicates());
    }

    private static Tally tally(StateReader in) {
        return new Tally(in.count(), in.count(), in.count(), in.count(), in.count(), in.words());
    }

    private static void put(StateWriter out, BrokenSpec broken) {
        out.words(broken.path());
        out.time(broken.since());
    }

    private static BrokenSpec broken(StateReader in) {
        return new BrokenSpec(in.words(), in.time());
    }
}
