package io.tenantpulse.topology.serde;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tenantpulse.detect.Glance;
import io.tenantpulse.detect.Position;
import io.tenantpulse.detect.ResourceState;
import io.tenantpulse.model.Facts;
import io.tenantpulse.model.ObjectId;
import io.tenantpulse.model.Readiness;
import io.tenantpulse.model.Replicas;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ResourceSerdeTest {
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    private final ResourceSerde serde = new ResourceSerde();

    private static ResourceState state(Readiness readiness, boolean undecodable, @Nullable Replicas replicas) {
        return new ResourceState(
                new ObjectId("apps", "Deployment", "tenants", "api"),
                "api",
                "uid",
                "7",
                readiness,
                null,
                true,
                NOON,
                NOON,
                null,
                NOON,
                new Position(1, 2),
                new Position(1, 1),
                undecodable,
                null,
                null,
                null,
                new Facts(null, null, List.of(), replicas, null, null, null, null, List.of("img:1")));
    }

    private static Replicas replicas(int current) {
        return new Replicas(2, current, 2, 2, 2, 1L, 1L);
    }

    @Test
    void tellsAtAGlanceWhatTheWholeTells() {
        assertGlance(Glance.READY, state(Readiness.READY, false, null));
        assertGlance(Glance.READY, state(Readiness.READY, false, replicas(2)));
        assertGlance(Glance.LOOSELY_READY, state(Readiness.READY, false, replicas(3)));
        assertGlance(Glance.OTHER, state(Readiness.READY, true, null));
        assertGlance(Glance.OTHER, state(Readiness.NOT_READY, false, replicas(2)));
        assertGlance(Glance.OTHER, state(Readiness.UNKNOWN, false, null));
    }

    private void assertGlance(Glance expected, ResourceState state) {
        byte[] bytes = serde.toBytes(state);

        assertThat(serde.glance(bytes)).isEqualTo(expected).isEqualTo(Glance.of(state));
        assertThat(serde.toState(bytes)).isEqualTo(state);
    }

    @Test
    void readsBytesThatTellNothingAtAGlance() {
        ResourceState state = state(Readiness.READY, false, replicas(3));
        byte[] bytes = new StateSerde<>(ResourceState.class).toBytes(state);

        assertThat(serde.glance(bytes)).isEqualTo(Glance.LOOSELY_READY);
        assertThat(serde.toState(bytes)).isEqualTo(state);
    }

    @Test
    void refusesAnUnknownVersion() {
        byte[] bytes = serde.toBytes(state(Readiness.READY, false, null));
        bytes[1] = 9;

        assertThatThrownBy(() -> serde.toState(bytes)).isInstanceOf(IllegalStateException.class);
    }
}
