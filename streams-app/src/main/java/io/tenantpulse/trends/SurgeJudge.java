package io.tenantpulse.trends;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Judges one scope's windows of a minute, as they close, for a surge. Pure: what was remembered and a window give what to
 * remember and what to say. Tenants that are out of sight can neither raise a surge nor end one: it is raised only if it
 * would be so were all of them well, and over only if it would be so were all of them ill. A scope of which too little was
 * seen to know what is usual is not judged: a fleet that was always so is no surge.
 */
public final class SurgeJudge {
    /** Another common cause is told no sooner after the last telling. */
    private static final Duration BETWEEN_TELLINGS = Duration.ofMinutes(5);

    private static final Duration NEW = Duration.ofHours(1);

    private final SurgeThreshold threshold;
    private final Duration hold;
    private final Duration keepFiring;

    /**
     * @param hold how long the threshold must be reached; zero or more
     * @param keepFiring how long a surge must be below what clears it until it is over; zero or more
     */
    public SurgeJudge(SurgeThreshold threshold, Duration hold, Duration keepFiring) {
        this.threshold = threshold;
        this.hold = hold;
        this.keepFiring = keepFiring;
    }

    /** What a window made of it. */
    public record Step(SurgeState remember, List<SurgeChange> say) {
        public Step {
            say = List.copyOf(say);
        }
    }

    /** Whether a scope can surge by itself. */
    public static boolean isJudged(Scope scope) {
        return switch (scope.level()) {
            case CLUSTER, REGISTRY, TEMPLATE -> true;
            case FLEET, NAMESPACE -> false;
        };
    }

    /**
     * Judges the next window. One that was judged, or that corrects such a one, changes nothing.
     *
     * @param before null: the scope was never judged
     * @param window of a minute
     * @param around what is remembered of the scope's cluster; null: nothing, or it is the cluster itself
     */
    public Step onWindow(@Nullable SurgeState before, TrendWindow window, @Nullable SurgeState around) {
        SurgeState state = before == null ? SurgeState.of(window.scope(), window.start()) : before;
        if (window.start().isBefore(state.upTo())) {
            return new Step(state, List.of());
        }
        Turn turn = new Turn(state, window, around);
        turn.run();
        return new Step(turn.state, turn.say);
    }

    /** The scope has had no tenants in that window. Nothing of it need be remembered. */
    public static List<SurgeChange> onVanished(SurgeState before, Instant end) {
        return ended(before, end, SurgeChange.Kind.VANISHED);
    }

    /** There is no rule for the scope any more. */
    public static List<SurgeChange> onRuleRemoved(SurgeState before, Instant end) {
        return ended(before, end, SurgeChange.Kind.RULE_REMOVED);
    }

    private static List<SurgeChange> ended(SurgeState before, Instant end, SurgeChange.Kind why) {
        SurgeState.Ongoing surge = before.surge();
        if (surge == null || surge.firedAt() == null) {
            return List.of();
        }
        SurgeFacts none = new SurgeFacts(
                0, 0, surge.usual(), null, null, SurgeFacts.Direction.of(before.recent()), null, 0, null, 0);
        return List.of(new SurgeChange(before.scope(), why, surge.since(), end, end, surge.frozen(), false, none));
    }

    /** One window of a scope. */
    private final class Turn {
        private final TrendWindow window;
        private final ByHealth tenants;
        private final List<SurgeChange> say = new ArrayList<>();
        private final @Nullable SurgeState around;
        private SurgeState state;

        Turn(SurgeState state, TrendWindow window, @Nullable SurgeState around) {
            this.window = window;
            this.around = around;
            this.tenants = window.totals().population().atEnd();
            Duration missed = Duration.between(state.upTo(), window.start());
            boolean gap = state.surge() != null && missed.compareTo(Duration.ZERO) > 0;
            this.state = gap ? state.with(state.surge().frozenBy(missed)) : state;
        }

        /** A template that never was well has nothing usual but that: while it is new it is held to what its cluster is. */
        private @Nullable Double usual() {
            Double own = state.usualBefore(window.start());
            Double other = around == null ? null : around.usualBefore(state.from());
            boolean isNew = window.start().isBefore(state.from().plus(NEW));
            return own != null && other != null && isNew && other < own ? other : own;
        }

        void run() {
            if (tenants.judged() == 0 && tenants.blind() > 0) {
                state = state.unseen(window.end());
            } else {
                Baseline now = state.baseline().plus(window.start(), tenants, threshold.baseline());
                state = state.seen(window.end(), tenants.unhealthy(), now);
            }
            // Only now has it forgotten what lies too far before this window.
            Double usual = usual();
            SurgeState.Ongoing surge = state.surge();
            if (surge == null) {
                if (usual != null && isAtLeast(threshold.tenants(), threshold.bar(usual))) {
                    state = state.with(SurgeState.Ongoing.begun(window.end(), usual));
                    fireIfDue();
                }
            } else if (surge.firedAt() == null) {
                onPending(surge, threshold.bar(surge.usual()));
            } else {
                onFiring(surge, threshold.bar(surge.usual()));
            }
        }

        private void onPending(SurgeState.Ongoing surge, double bar) {
            if (isAtLeast(threshold.tenants(), bar)) {
                fireIfDue();
            } else if (isBelow(threshold.tenants(), bar)) {
                state = state.with(null);
            } else {
                state = state.with(surge.frozenBy(window.size().length()));
            }
        }

        private void fireIfDue() {
            SurgeState.Ongoing surge = Objects.requireNonNull(state.surge());
            Instant due = due(surge);
            if (!due.isAfter(window.end())) {
                SurgeFacts facts = facts(surge);
                state = state.with(surge.fired(due).told(key(facts), window.end()));
                say(SurgeChange.Kind.BEGAN, surge, due, facts);
            }
        }

        private Instant due(SurgeState.Ongoing surge) {
            return surge.since().plus(hold).plus(surge.frozen());
        }

        private void onFiring(SurgeState.Ongoing surge, double bar) {
            if (due(surge).isAfter(window.end())) {
                say(SurgeChange.Kind.RULE_CHANGED, surge, window.end(), facts(surge));
                state = state.with(surge.pendingAgain());
                return;
            }
            double tenantsToClear = threshold.tenants() * threshold.clear();
            double shareToClear = bar * threshold.clear();
            if (isBelow(tenantsToClear, shareToClear)) {
                Instant clear = surge.clearSince() == null ? window.end() : surge.clearSince();
                Instant over = clear.plus(keepFiring);
                if (!over.isAfter(window.end())) {
                    say(SurgeChange.Kind.ENDED, surge, over, facts(surge));
                    state = state.with(null);
                    return;
                }
                // What the last few have in common is not why it began.
                state = state.with(surge.clearing(clear));
                return;
            } else if (isAtLeast(tenantsToClear, shareToClear)) {
                state = state.with(surge.clearing(null));
            } else {
                state = state.with(surge.frozenBy(window.size().length()));
            }
            tellAnew();
        }

        private void tellAnew() {
            SurgeState.Ongoing surge = Objects.requireNonNull(state.surge());
            SurgeFacts facts = facts(surge);
            boolean other = facts.cause() != null && !Objects.equals(key(facts), surge.told());
            boolean soon = surge.toldAt() != null
                    && window.end().isBefore(surge.toldAt().plus(BETWEEN_TELLINGS));
            if (other && !soon) {
                state = state.with(surge.told(key(facts), window.end()));
                say(SurgeChange.Kind.CHANGED, surge, window.end(), facts);
            }
        }

        private static @Nullable String key(SurgeFacts facts) {
            return facts.cause() == null ? null : facts.cause().key();
        }

        /** Whether so many are certainly unhealthy, were all that can't be seen well. */
        private boolean isAtLeast(double number, double share) {
            long all = tenants.judged() + tenants.blind();
            return isReached(tenants.unhealthy(), number) && all > 0 && isReached(tenants.unhealthy(), share * all);
        }

        /** Whether fewer are certainly unhealthy, were all that can't be seen ill. */
        private boolean isBelow(double number, double share) {
            long most = tenants.unhealthy() + tenants.blind();
            return !isReached(most, number) || !isReached(most, share * (tenants.judged() + tenants.blind()));
        }

        private static boolean isReached(long count, double number) {
            return count >= number - SurgeThreshold.ROUNDING;
        }

        private SurgeFacts facts(SurgeState.Ongoing surge) {
            return SurgeFacts.of(window.totals(), state, surge.usual(), threshold.dominant());
        }

        private void say(SurgeChange.Kind kind, SurgeState.Ongoing surge, Instant at, SurgeFacts facts) {
            boolean unseen = tenants.blind() > 0
                    || window.blindClusters().contains(window.scope().cluster());
            say.add(new SurgeChange(
                    window.scope(), kind, surge.since(), at, window.end(), surge.frozen(), unseen, facts));
        }
    }
}
