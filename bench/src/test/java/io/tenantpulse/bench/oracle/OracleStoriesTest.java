package io.tenantpulse.bench.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantpulse.schema.AvroLimits;
import io.tenantpulse.topology.OracleRig;
import io.tenantpulse.v1.Change;
import io.tenantpulse.v1.KindState;
import io.tenantpulse.v1.RegistryObserved;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Stories in which the detector and the oracle once did not say the same, each told as shortly as it can be. */
class OracleStoriesTest {
    private static final Instant START = Instant.parse("2026-03-01T00:00:00Z");
    private static final String HUBS = RegistryDraft.kindName("LynqHub");

    static {
        AvroLimits.install();
    }

    private final ClusterWriter log = new ClusterWriter("c1");

    private static Instant at(int seconds) {
        return START.plusSeconds(seconds);
    }

    private static RegistryObserved hub(Change change, String version, int failed) {
        return RegistryObserved.newBuilder()
                .setCluster("")
                .setEpoch(0)
                .setSequence(0)
                .setChange(change)
                .setKind("LynqHub")
                .setNamespace("ops")
                .setName("shops")
                .setUid("hub-1")
                .setResourceVersion(version)
                .setDesired(7)
                .setReady(7)
                .setFailed(failed)
                .build();
    }

    private void covered(int second, String kind) {
        log.watermark(at(second), at(second), Map.of(kind, KindState.LIVE));
    }

    private void bothSay(RuleTable rules, int alerts) {
        History history = new History(0, rules, log.log(), Set.of());

        assertThat(Oracle.judge(history)).hasSize(alerts);
        assertThat(Comparison.of(history, OracleRig::new)).hasToString("");
    }

    private void hubFailsAndIsListed() {
        log.claim(at(0), 1);
        log.put(at(2), hub(Change.SNAPSHOT, "1", 6));
        covered(10, HUBS);
    }

    /** The gap lay between the two looks, be it long over at the deadline, and no watermark came. */
    @Test
    void provesNoDeadlineByALookBehindAGap() {
        hubFailsAndIsListed();
        log.gap(at(20), List.of(HUBS), at(10), at(20), true);
        covered(30, HUBS);
        log.put(at(600), hub(Change.MODIFIED, "2", 0));
        covered(610, HUBS);

        bothSay(RuleTable.builtIn(), 0);
    }

    @Test
    void provesADeadlineByALookWithoutAGapBefore() {
        hubFailsAndIsListed();
        covered(30, HUBS);
        log.put(at(600), hub(Change.MODIFIED, "2", 0));
        covered(610, HUBS);

        bothSay(RuleTable.builtIn(), 2);
    }
}
