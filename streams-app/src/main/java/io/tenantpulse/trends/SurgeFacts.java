package io.tenantpulse.trends;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a surge at the end of a window.
 *
 * @param members how many tenants are unhealthy
 * @param tenants how many can be judged
 * @param usual share before it began, 0 to 1
 * @param firstSince since when the first member is unhealthy; null: there is none
 * @param lastSince since when the last member is unhealthy; null: there is none
 * @param cause that dominates those that have been diagnosed; null: none does
 * @param causeMembers how many have it; 0 where there is none
 * @param rollout the generation of a template, as {@link Members#generation}, that dominates and that its members never
 *     were healthy in; null: there is none
 * @param rolloutMembers how many are of it; 0 where there is none
 */
public record SurgeFacts(
        long members,
        long tenants,
        double usual,
        @Nullable Instant firstSince,
        @Nullable Instant lastSince,
        Direction direction,
        @Nullable CommonCause cause,
        long causeMembers,
        @Nullable String rollout,
        long rolloutMembers) {

    /** Where the number of members goes, over the last three minutes. */
    public enum Direction {
        RISING,
        STEADY,
        FALLING;

        /** Less than a twentieth, or less than two, is no movement. */
        private static final long PART = 20;

        static Direction of(List<Long> counts) {
            if (counts.isEmpty()) {
                return STEADY;
            }
            long first = counts.get(0);
            long change = counts.get(counts.size() - 1) - first;
            if (Math.abs(change) < 2 || PART * Math.abs(change) < first) {
                return STEADY;
            }
            return change > 0 ? RISING : FALLING;
        }

        /** As it is written. */
        public String word() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    /** Share of the members, 0 to 1; 0 where nothing can be judged. */
    public double share() {
        return tenants == 0 ? 0 : (double) members / tenants;
    }

    static SurgeFacts of(Totals totals, SurgeState state, double usual, double dominant) {
        Members members = totals.members();
        Map.Entry<String, Long> cause = cause(members, dominant);
        TopCounts generations = members.byTemplateGeneration();
        Map.Entry<String, Long> rollout = dominates(generations, members.count(), dominant);
        return new SurgeFacts(
                totals.population().atEnd().unhealthy(),
                totals.population().atEnd().judged(),
                usual,
                members.firstSince(),
                members.lastSince(),
                Direction.of(state.recent()),
                cause == null ? null : CommonCause.parse(cause.getKey()),
                cause == null ? 0 : cause.getValue(),
                rollout == null ? null : rollout.getKey(),
                rollout == null ? 0 : rollout.getValue());
    }

    /** With its subject where that is common too, otherwise the word alone. Asked only once half of the members are diagnosed. */
    private static Map.@Nullable Entry<String, Long> cause(Members members, double dominant) {
        TopCounts causes = members.byCause();
        long diagnosed = causes.total();
        if (2 * diagnosed < members.count()) {
            return null;
        }
        Map.Entry<String, Long> exact = dominates(causes, diagnosed, dominant);
        if (exact != null && CommonCause.parse(exact.getKey()).subject() != null) {
            return exact;
        }
        TreeMap<String, Long> words = new TreeMap<>();
        causes.counts()
                .forEach((key, count) -> words.merge(CommonCause.parse(key).word(), count, Long::sum));
        return dominates(new TopCounts(words, causes.other()), diagnosed, dominant);
    }

    private static Map.@Nullable Entry<String, Long> dominates(TopCounts counts, long of, double dominant) {
        if (of == 0 || counts.counts().isEmpty()) {
            return null;
        }
        Map.Entry<String, Long> first = counts.ranked().get(0);
        return first.getValue() >= dominant * of - SurgeThreshold.ROUNDING ? first : null;
    }
}
