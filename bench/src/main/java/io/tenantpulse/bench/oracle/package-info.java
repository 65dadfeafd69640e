/**
 * Judges the detector by a second program that shares nothing with it but the log's schema: it reads a whole history at once
 * and knows DESIGN 3 and 4 and the operator's table of alerts, and keeps no clocks.
 *
 * <p>Where DESIGN leaves something open, the oracle reads it so:
 * <ul>
 *   <li>A gap begins for an object where it was last seen, if that is later than the last watermark: a look is proof of what
 *       lies before it. For the same reason first sight does not go back before it either.
 *   <li>What an exporter repeats from memory was not seen: it proves no deadline. It does tell the resourceVersion last published.
 *   <li>A look proves a deadline only while the kind is live, so not between a frame and the watermark that covers it; nor
 *       where a gap of its kind lies between it and the look before, be the gap over before the deadline.
 *   <li>Of an owned object only one that exists is seen again: that one appears proves no deadline. Drift, which reads the
 *       tenant and its objects together, is proven by watermarks only.
 *   <li>Ready=False bridges no gap of one blocker's own time while anything else that its tenant waits for is still unseen:
 *       that gap is judged later.
 *   <li>What could not be decoded was unseen from then, or behind a gap from when it was last seen, until it can be; that it
 *       has the same resourceVersion afterwards proves nothing. An object of which no more is known than that it exists
 *       may count or not.
 *   <li>Of a drift only that nothing that is counted has changed bridges a gap.
 *   <li>What own readiness rests on and was not seen, be it of several kinds, is one stretch from the first's begin to the last's
 *       end. It is judged when the last has been read again: bridged by Ready=False or by one resource that was not ready
 *       throughout; else what lies behind the instant since when one is known to be so again counts.
 *   <li>What turned good while something else could not be seen starts anew when it is bad again, but an alert that fires
 *       goes on.
 *   <li>A stuck dependency holds since its blocker is not ready, but its time is not over before something waits; a blocker
 *       that others had to wait for themselves has its own time. While pending it tells of the one whose time is over first,
 *       and only a look at that one proves the deadline.
 *   <li>What is not covered in a new epoch has been blind since that epoch's first watermark, not since the last one's.
 *   <li>A mismatch that is there at first sight is a rollout's, and neither it nor its end is a turn of flapping.
 *   <li>Alerts of a registry ease, escalate and recover as those of a tenant do.
 * </ul>
 *
 * <p>Surges are judged in {@link io.tenantpulse.bench.oracle.surge}. Not judged: {@code ClusterTelemetryStale}, absent kinds; flapping of tenants with resources and in histories with gaps; restarts with watermarks less than a second apart, of which the
 * detector may forget the last.
 */
@NullMarked
package io.tenantpulse.bench.oracle;

import org.jspecify.annotations.NullMarked;
