package io.tenantpulse.bench.oracle.surge;

import java.math.BigDecimal;
import java.time.Duration;

/**
 * What a rule asks of a scope, as a person writes it: decimal, not binary, fractions.
 *
 * @param tenants that must be unhealthy at least
 * @param share of them in those that can be judged, at least
 * @param factor how many times the usual share, at least
 * @param baseline how far what is usual looks back
 * @param clear part of the threshold below which it is over
 * @param dominant share of the members that have a common cause, at least
 */
public record SurgeSetting(
        long tenants,
        BigDecimal share,
        BigDecimal factor,
        Duration baseline,
        BigDecimal clear,
        BigDecimal dominant,
        Duration hold,
        Duration keepFiring) {

    /** The share that must be reached where another is usual. */
    BigDecimal bar(BigDecimal usual) {
        return share.max(factor.multiply(usual));
    }
}
