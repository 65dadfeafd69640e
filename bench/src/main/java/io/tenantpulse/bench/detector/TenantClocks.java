package io.tenantpulse.bench.detector;

import java.util.Arrays;

/**
 * Since when which literal rule's condition holds for one tenant, and which fire. Mutable, as states of such applications
 * are; public fields, as Flink wants them.
 */
public final class TenantClocks {
    /** By rule; 0: its condition does not hold. */
    public long[] since = new long[LiteralRule.count()];

    /** A bit for each rule that fires. */
    public int firing;

    /** Reason of the degradation that holds or held last. */
    public String reason = "";

    /** Where the newest record of the tenant that was taken stands: what is not newer is a repetition. */
    public long epoch;

    public long sequence;

    /** Where transitions go. */
    public interface Voice {
        /** @param reason of a degradation, else empty */
        void say(LiteralRule rule, String reason, boolean fires, long since, long at);
    }

    /** Whether a record is newer than all that were taken; it then counts as taken. */
    public boolean admit(long itsEpoch, long itsSequence) {
        boolean newer = itsEpoch > epoch || (itsEpoch == epoch && itsSequence > sequence);
        if (newer) {
            epoch = itsEpoch;
            sequence = itsSequence;
        }
        return newer;
    }

    /**
     * Takes what was seen of the tenant.
     *
     * @param holding bits of {@link LiteralRule#holding}
     */
    public void observe(int holding, String degraded, long at, Voice voice) {
        fire(at - 1, voice);
        if (isOn(holding, LiteralRule.DEGRADED) && !degraded.equals(reason)) {
            end(LiteralRule.DEGRADED, at, voice);
            reason = degraded;
        }
        for (int i = 0; i < since.length; i++) {
            LiteralRule rule = LiteralRule.of(i);
            if (!isOn(holding, rule)) {
                end(rule, at, voice);
            } else if (since[i] == 0) {
                since[i] = at;
            }
        }
    }

    /**
     * Fires what is due up to an instant, inclusive.
     *
     * @return whether anything fired
     */
    public boolean fire(long upTo, Voice voice) {
        boolean fired = false;
        for (int i = 0; i < since.length; i++) {
            LiteralRule rule = LiteralRule.of(i);
            long due = since[i] + rule.holdMillis();
            if (since[i] != 0 && due <= upTo && !isOn(firing, rule)) {
                firing |= 1 << i;
                voice.say(rule, reasonOf(rule), true, since[i], due);
                fired = true;
            }
        }
        return fired;
    }

    private void end(LiteralRule rule, long at, Voice voice) {
        int i = rule.ordinal();
        if (since[i] == 0) {
            return;
        }
        if (isOn(firing, rule)) {
            voice.say(rule, reasonOf(rule), false, since[i], at);
        }
        firing &= ~(1 << i);
        since[i] = 0;
    }

    private String reasonOf(LiteralRule rule) {
        return rule == LiteralRule.DEGRADED ? reason : "";
    }

    private static boolean isOn(int bits, LiteralRule rule) {
        return (bits & 1 << rule.ordinal()) != 0;
    }

    @Override
    public String toString() {
        return Arrays.toString(since) + ' ' + firing + ' ' + reason;
    }
}
