package io.tenantpulse.topology.serde;

import io.tenantpulse.detect.Glance;
import io.tenantpulse.detect.Position;
import io.tenantpulse.detect.ResourceState;
import io.tenantpulse.model.ObjectId;
import io.tenantpulse.model.Readiness;
import java.util.Arrays;

/**
 * Keeps what is remembered of an object as bytes that need not be read whole for a {@link Glance}: a byte that says it, one of
 * format version, then all components in a fixed order. What {@link StateSerde} wrote (version 1), with or without the first
 * byte, is read, too. To add a component is to raise the version, and to go on reading this one. Thread-safe.
 */
public final class ResourceSerde {
    static final byte VERSION = 2;

    private static final byte OTHER = -1;
    private static final byte READY = -2;
    private static final byte LOOSELY_READY = -3;

    private final StateSerde<ResourceState> first = new StateSerde<>(ResourceState.class);

    /** The bytes that are kept. */
    public byte[] toBytes(ResourceState state) {
        StateWriter out = StateWriter.reused();
        out.octet(
                switch (Glance.of(state)) {
                    case READY -> READY;
                    case LOOSELY_READY -> LOOSELY_READY;
                    case OTHER, NONE -> OTHER;
                });
        out.octet(VERSION);
        put(out, state.object());
        out.maybe(state.resourceId(), StateWriter::text);
        out.text(state.uid());
        out.text(state.resourceVersion());
        out.word(state.readiness());
        out.maybe(state.reason(), StateWriter::text);
        out.flag(state.owned());
        out.maybe(state.createdAt(), StateWriter::time);
        out.time(state.since());
        out.maybe(state.earliest(), StateWriter::time);
        out.time(state.seenAt());
        put(out, state.position());
        put(out, state.frame());
        out.flag(state.undecodable());
        out.maybe(state.lastReadyAt(), StateWriter::time);
        out.maybe(state.readyGeneration(), StateWriter::number);
        out.maybe(state.generationSince(), StateWriter::time);
        FactsBytes.put(out, state.facts());
        return out.toBytes();
    }

    private static void put(StateWriter out, ObjectId object) {
        out.text(object.group());
        out.text(object.kind());
        out.text(object.namespace());
        out.text(object.name());
    }

    private static void put(StateWriter out, Position position) {
        out.number(position.epoch());
        out.number(position.sequence());
    }

    /**
     * What was kept.
     *
     * @throws IllegalStateException if the bytes are of a version that this code does not know
     */
    public ResourceState toState(byte[] bytes) {
        if (!hasGlance(bytes)) {
            return first.toState(bytes);
        }
        if (bytes.length < 2 || bytes[1] != VERSION) {
            return first.toState(Arrays.copyOfRange(bytes, 1, bytes.length));
        }
        StateReader in = new StateReader(bytes, 2);
        ResourceState state = new ResourceState(
                new ObjectId(in.word(), in.word(), in.word(), in.text()),
                in.maybe(StateReader::word),
                in.text(),
                in.text(),
                in.word(Readiness.class),
                in.maybe(StateReader::word),
                in.flag(),
                in.maybe(StateReader::time),
                in.time(),
                in.maybe(StateReader::time),
                in.time(),
                position(in),
                position(in),
                in.flag(),
                in.maybe(StateReader::time),
                in.maybe(StateReader::number),
                in.maybe(StateReader::time),
                FactsBytes.facts(in));
        if (!in.isAtEnd()) {
            throw new IllegalStateException("state of object " + state.object().key() + " has bytes after its end;"
                    + " reset the application and read the log anew");
        }
        return state;
    }

    private static Position position(StateReader in) {
        return new Position(in.number(), in.number());
    }

    /**
     * What a glance tells, without reading the rest.
     *
     * @throws IllegalStateException as {@link #toState}
     */
    public Glance glance(byte[] bytes) {
        if (!hasGlance(bytes)) {
            return Glance.of(toState(bytes));
        }
        return switch (bytes[0]) {
            case READY -> Glance.READY;
            case LOOSELY_READY -> Glance.LOOSELY_READY;
            default -> Glance.OTHER;
        };
    }

    private static boolean hasGlance(byte[] bytes) {
        return bytes.length > 0 && bytes[0] < 0;
    }
}
