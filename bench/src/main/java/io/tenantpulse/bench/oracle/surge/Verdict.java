package io.tenantpulse.bench.oracle.surge;

import java.math.BigDecimal;

/** Whether a minute reaches a threshold. */
enum Verdict {
    REACHED,
    BELOW,
    /** It depends on tenants that are out of sight. */
    UNKNOWN;

    /** Asks two worlds: in one all that is out of sight is well, in the other it is ill. */
    static Verdict of(Counts counts, BigDecimal tenants, BigDecimal share) {
        long all = counts.judged() + counts.blind();
        boolean atBest = isReached(counts.unhealthy(), all, tenants, share);
        boolean atWorst = isReached(counts.unhealthy() + counts.blind(), all, tenants, share);
        if (atBest == atWorst) {
            return atBest ? REACHED : BELOW;
        }
        return UNKNOWN;
    }

    private static boolean isReached(long ill, long all, BigDecimal tenants, BigDecimal share) {
        BigDecimal number = BigDecimal.valueOf(ill);
        return number.compareTo(tenants) >= 0 && number.compareTo(share.multiply(BigDecimal.valueOf(all))) >= 0;
    }
}
