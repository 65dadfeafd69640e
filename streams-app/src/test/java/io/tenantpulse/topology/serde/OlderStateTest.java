package io.tenantpulse.topology.serde;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantpulse.detect.ClusterState;
import io.tenantpulse.detect.IncidentState;
import io.tenantpulse.detect.KindState;
import io.tenantpulse.detect.Position;
import io.tenantpulse.detect.Severity;
import io.tenantpulse.diagnose.DialectEvidence;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** State that was written before a component was added: what is missing has the value that says "nothing is known". */
class OlderStateTest {
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    record ClusterBefore(
            String cluster,
            Position last,
            @Nullable Instant watermark,
            boolean probed,
            boolean home,
            long skewMillis,
            Map<String, KindState> kinds,
            String rulesHash,
            boolean gone,
            @Nullable Instant staleSince) {}

    record IncidentBefore(String id, Instant since, Instant openedAt, Severity severity, List<String> alerts) {}

    @Test
    void aClusterWhoseOperatorWasNotLookedAt() {
        ClusterBefore before =
                new ClusterBefore("alpha", new Position(3, 4), NOON, true, true, 7, Map.of(), "rules", false, null);

        ClusterState now =
                new StateSerde<>(ClusterState.class).toState(new StateSerde<>(ClusterBefore.class).toBytes(before));

        assertThat(now)
                .isEqualTo(new ClusterState(
                        "alpha",
                        new Position(3, 4),
                        NOON,
                        true,
                        true,
                        7,
                        Map.of(),
                        "rules",
                        false,
                        null,
                        DialectEvidence.NONE));
        assertThat(now.operator().dialect()).isNotNull();
    }

    @Test
    void anIncidentWhoseBlockersWereNotKept() {
        IncidentBefore before = new IncidentBefore("i", NOON, NOON, Severity.WARNING, List.of("TenantNotConverged"));

        IncidentState now =
                new StateSerde<>(IncidentState.class).toState(new StateSerde<>(IncidentBefore.class).toBytes(before));

        assertThat(now)
                .isEqualTo(new IncidentState(
                        "i", NOON, NOON, Severity.WARNING, List.of("TenantNotConverged"), null, List.of(), null));
    }
}
