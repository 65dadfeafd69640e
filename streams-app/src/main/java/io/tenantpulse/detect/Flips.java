package io.tenantpulse.detect;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What of a tenant has turned lately: its own readiness, and the mismatch of the operator's counts. They are counted apart,
 * for one loss of readiness turns both.
 */
public record Flips(Series own, Series mismatch) {
    /** Nothing has been seen. */
    public static final Flips NONE = new Flips(Series.NONE, Series.NONE);

    /**
     * The turns of one condition, which is true while something is wrong.
     *
     * @param last what it was last seen to be; null: never seen
     * @param counted whether the turn to what it is now counted
     * @param at when it turned, the oldest first; the newest only
     */
    public record Series(@Nullable Boolean last, boolean counted, List<Instant> at) {
        static final Series NONE = new Series(null, false, List.of());

        public Series {
            at = List.copyOf(at);
        }

        /** @param rollout what is wrong now follows a change that was asked for: it and its end do not count */
        Series seen(boolean now, boolean rollout, Instant when, int keep) {
            if (last == null) {
                return new Series(now, false, List.of());
            }
            if (last == now) {
                return this;
            }
            boolean counts = now ? !rollout : counted;
            List<Instant> all = new ArrayList<>(at);
            if (counts) {
                all.add(when);
            }
            return new Series(now, counts, all.subList(Math.max(0, all.size() - keep), all.size()));
        }

        /** When the newest turns, {@code count} of them, have all left the window; null: there are not so many. */
        private @Nullable Instant endOf(int count, Rule.Rate rate) {
            return at.size() < count ? null : at.get(at.size() - count).plus(rate.window());
        }
    }

    /** Whether one of them has turned often enough within a window. */
    boolean hasBegun(Rule.Rate rate, Instant now) {
        return isBefore(now, own.endOf(rate.high(), rate)) || isBefore(now, mismatch.endOf(rate.high(), rate));
    }

    /** When both have turned so seldom that flapping is over, if nothing turns until then; null: they never turned so often. */
    @Nullable
    Instant over(Rule.Rate rate) {
        Instant ownEnd = own.endOf(rate.low() + 1, rate);
        Instant mismatchEnd = mismatch.endOf(rate.low() + 1, rate);
        if (ownEnd == null || mismatchEnd == null) {
            return ownEnd == null ? mismatchEnd : ownEnd;
        }
        return Stretch.later(ownEnd, mismatchEnd);
    }

    private static boolean isBefore(Instant now, @Nullable Instant end) {
        return end != null && now.isBefore(end);
    }

    /**
     * With what is seen now; what can't be said turns nothing.
     *
     * @param keep how many turns are remembered
     */
    Flips seen(TenantState tenant, boolean literalNews, Instant at, int keep) {
        boolean bad = tenant.own().isBad();
        boolean rollout = bad && tenant.own().unready().stream().noneMatch(NotReady::regressed);
        Series nowOwn = bad || tenant.own().isGood() ? own.seen(bad, rollout, at, keep) : own;
        Series nowMismatch = mismatch;
        if (literalNews && tenant.facts().counts() != null) {
            boolean holds = Conditions.holds(Rule.Predicate.COUNT_MISMATCH, tenant);
            nowMismatch = mismatch.seen(holds, rollout, at, keep);
        }
        return new Flips(nowOwn, nowMismatch);
    }
}
