package io.tenantpulse.bench.detector;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantpulse.v1.Change;
import io.tenantpulse.v1.TenantObserved;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the others' detection decides: it must be ours, or their costs would compare nothing. */
class TenantClocksTest {
    private static final long MINUTE = Duration.ofMinutes(1).toMillis();
    private static final long BEGIN = 1_000_000;
    private static final int MISMATCH = 1 << LiteralRule.MISMATCH.ordinal();
    private static final int DEGRADED = 1 << LiteralRule.DEGRADED.ordinal();

    private final TenantClocks clocks = new TenantClocks();
    private final List<String> told = new ArrayList<>();

    private void see(int holding, String degraded, long minutes) {
        clocks.observe(holding, degraded, BEGIN + minutes * MINUTE, this::tell);
    }

    private void tell(LiteralRule rule, String reason, boolean fires, long since, long at) {
        told.add((at - BEGIN) / (double) MINUTE + "m " + rule + reason + (fires ? " fires" : " resolves"));
    }

    @Test
    void firesExactlyAtTheDeadline() {
        see(MISMATCH, "", 0);

        clocks.fire(BEGIN + 15 * MINUTE - 1, this::tell);
        assertThat(told).isEmpty();
        clocks.fire(BEGIN + 15 * MINUTE, this::tell);

        assertThat(told).containsExactly("15.0m MISMATCH fires");
    }

    @Test
    void staysQuietWhenItRecoversAtTheDeadline() {
        see(MISMATCH, "", 0);
        see(0, "", 15);
        clocks.fire(BEGIN + 20 * MINUTE, this::tell);

        assertThat(told).isEmpty();
    }

    @Test
    void firesAtTheDeadlineThatALaterObservationProves() {
        see(MISMATCH, "", 0);
        see(0, "", 16);

        assertThat(told).containsExactly("15.0m MISMATCH fires", "16.0m MISMATCH resolves");
    }

    @Test
    void keepsTheClockWhileTheConditionHolds() {
        see(MISMATCH, "", 0);
        see(MISMATCH, "", 14);
        clocks.fire(BEGIN + 15 * MINUTE, this::tell);

        assertThat(told).containsExactly("15.0m MISMATCH fires");
    }

    @Test
    void beginsAnewWithAnotherReason() {
        see(DEGRADED, "A", 0);
        see(DEGRADED, "B", 4);
        clocks.fire(BEGIN + 9 * MINUTE, this::tell);

        assertThat(told).containsExactly("9.0m DEGRADEDB fires");
    }

    @Test
    void admitsNothingTwice() {
        assertThat(clocks.admit(1, 5)).isTrue();
        assertThat(clocks.admit(1, 5)).isFalse();
        assertThat(clocks.admit(1, 4)).isFalse();
        assertThat(clocks.admit(2, 1)).isTrue();
    }

    @Test
    void comesBackFromItsBytesAsItWas() {
        see(DEGRADED | MISMATCH, "A", 0);
        clocks.admit(3, 7);
        clocks.fire(BEGIN + 5 * MINUTE, this::tell);
        var serde = TenantClocksSerde.create();

        TenantClocks back =
                serde.deserializer().deserialize("t", serde.serializer().serialize("t", clocks));

        assertThat(back).usingRecursiveComparison().isEqualTo(clocks);
    }

    @Test
    void readsEveryTroubleAsItsRules() {
        assertThat(holding(Trouble.NONE)).isZero();
        assertThat(holding(Trouble.MISMATCH)).isEqualTo(MISMATCH | bit(LiteralRule.NOT_READY));
        assertThat(holding(Trouble.FAILED)).isEqualTo(bit(LiteralRule.FAILED) | bit(LiteralRule.NOT_READY));
        assertThat(holding(Trouble.DEGRADED)).isEqualTo(MISMATCH | DEGRADED | bit(LiteralRule.NOT_READY));
        assertThat(holding(Trouble.CONFLICTED))
                .isEqualTo(MISMATCH | bit(LiteralRule.CONFLICTED) | bit(LiteralRule.NOT_READY));
        assertThat(holding(Trouble.UNKNOWN)).isEqualTo(MISMATCH | bit(LiteralRule.UNKNOWN));
    }

    private static int bit(LiteralRule rule) {
        return 1 << rule.ordinal();
    }

    private static int holding(Trouble trouble) {
        LogSpec spec = new LogSpec("t", LogSpec.Kind.TENANTS, 1, 0, 1, 1);
        int ready = trouble == Trouble.NONE ? Episodes.RESOURCES : 1;
        TenantObserved tenant = new FleetRecords(spec, Instant.EPOCH)
                .tenant(0, new FleetRecords.Stamp(1, Instant.EPOCH), Change.MODIFIED, trouble, ready, null);
        return LiteralRule.holding(tenant);
    }
}
