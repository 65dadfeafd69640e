package io.tenantpulse.topology.serde;

import io.tenantpulse.detect.Glance;
import io.tenantpulse.detect.ResourceState;
import java.util.Arrays;

/**
 * Keeps what is remembered of an object as bytes that need not be read whole for a {@link Glance}: a byte that says it, then
 * those of {@link StateSerde}. Bytes without that first byte are read, too.
 */
public final class ResourceSerde {
    private static final byte OTHER = -1;
    private static final byte READY = -2;
    private static final byte LOOSELY_READY = -3;

    private final StateSerde<ResourceState> whole = new StateSerde<>(ResourceState.class);

    /** The bytes that are kept. */
    public byte[] toBytes(ResourceState state) {
        return whole.toBytes(
                state,
                switch (Glance.of(state)) {
                    case READY -> READY;
                    case LOOSELY_READY -> LOOSELY_READY;
                    case OTHER, NONE -> OTHER;
                });
    }

    /**
     * What was kept.
     *
     * @throws IllegalStateException as {@link StateSerde#toState}
     */
    public ResourceState toState(byte[] bytes) {
        return whole.toState(hasGlance(bytes) ? Arrays.copyOfRange(bytes, 1, bytes.length) : bytes);
    }

    /**
     * What a glance tells, without reading the rest.
     *
     * @throws IllegalStateException as {@link StateSerde#toState}
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
