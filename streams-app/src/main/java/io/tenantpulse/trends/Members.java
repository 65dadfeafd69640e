package io.tenantpulse.trends;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The unhealthy tenants of a scope at the end of a window, for a common cause: those whose alert is pending count as those
 * whose alert fires.
 *
 * @param count how many; those out of sight are not among them
 * @param byCause by {@link CommonCause#key}, of those that have been diagnosed; at most {@link TopCounts#LIMIT} names, the rarest by their word alone
 * @param byTemplateGeneration by {@link #generation}, of those to which it was rolled out while they were not unhealthy, and
 *     that have not been healthy since: not of those that are new, were edited, or became unhealthy before or later
 * @param firstSince since when the first of them is unhealthy, to the second, or coarser where they are many; null: there is none
 * @param lastSince since when the last of them is unhealthy, as exactly; null: there is none
 */
public record Members(
        long count,
        TopCounts byCause,
        TopCounts byTemplateGeneration,
        @Nullable Instant firstSince,
        @Nullable Instant lastSince) {
    public static final Members NONE = new Members(0, TopCounts.NONE, TopCounts.NONE, null, null);

    /** Name of a template's generation: {@code namespace/template@generation}. */
    public static String generation(String namespace, String template, long generation) {
        return namespace + '/' + template + '@' + generation;
    }

    /** Of other tenants at the same instant. */
    public Members beside(Members other) {
        return new Members(
                count + other.count,
                CommonCause.counts(
                        Population.sum(byCause.counts(), other.byCause.counts()),
                        byCause.other() + other.byCause.other()),
                byTemplateGeneration.plus(other.byTemplateGeneration),
                first(firstSince, other.firstSince),
                last(lastSince, other.lastSince));
    }

    private static @Nullable Instant first(@Nullable Instant a, @Nullable Instant b) {
        return a == null || (b != null && b.isBefore(a)) ? b : a;
    }

    private static @Nullable Instant last(@Nullable Instant a, @Nullable Instant b) {
        return a == null || (b != null && b.isAfter(a)) ? b : a;
    }
}
