package io.tenantpulse.trends;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is remembered of a scope that may surge.
 *
 * @param from start of the first window that was judged
 * @param upTo end of the last window that was judged
 * @param baseline what is usual
 * @param recent numbers of unhealthy tenants in the last windows, the oldest first
 * @param surge that is pending or firing; null: there is none
 */
public record SurgeState(
        Scope scope,
        Instant from,
        Instant upTo,
        Baseline baseline,
        List<Long> recent,
        @Nullable Ongoing surge) {
    /** So many windows tell a direction. */
    private static final int RECENT = 4;

    public SurgeState {
        recent = List.copyOf(recent);
    }

    /**
     * A surge that goes on.
     *
     * @param since end of the window in which the threshold was first reached
     * @param frozen how much of the time since then could not be judged
     * @param usual share when it began: what it brings itself becomes usual only when it is over
     * @param firedAt null while pending
     * @param clearSince since when it is below what clears it; null: it is not
     * @param told key of the common cause that was told last; null: none was
     * @param toldAt when it was told last; null while pending
     */
    public record Ongoing(
            Instant since,
            Duration frozen,
            double usual,
            @Nullable Instant firedAt,
            @Nullable Instant clearSince,
            @Nullable String told,
            @Nullable Instant toldAt) {

        static Ongoing begun(Instant since, double usual) {
            return new Ongoing(since, Duration.ZERO, usual, null, null, null, null);
        }

        /** Time passed in which nothing could be judged: neither the hold nor the end comes nearer. */
        Ongoing frozenBy(Duration time) {
            Instant clear = clearSince == null ? null : clearSince.plus(time);
            Duration more = firedAt == null ? frozen.plus(time) : frozen;
            return new Ongoing(since, more, usual, firedAt, clear, told, toldAt);
        }

        Ongoing clearing(@Nullable Instant from) {
            return new Ongoing(since, frozen, usual, firedAt, from, told, toldAt);
        }

        Ongoing fired(Instant at) {
            return new Ongoing(since, frozen, usual, at, null, told, toldAt);
        }

        Ongoing pendingAgain() {
            return new Ongoing(since, frozen, usual, null, null, null, null);
        }

        Ongoing told(@Nullable String cause, Instant at) {
            return new Ongoing(since, frozen, usual, firedAt, clearSince, cause, at);
        }
    }

    static SurgeState of(Scope scope, Instant from) {
        return new SurgeState(scope, from, Instant.EPOCH, Baseline.NONE, List.of(), null);
    }

    /** Its usual share; null: too little has been seen to tell, or to tell others. */
    @Nullable
    Double usualBefore(Instant instant) {
        return from.plus(WindowSize.QUARTER.length()).isAfter(instant) ? null : baseline.usual();
    }

    SurgeState seen(Instant end, long unhealthy, Baseline now) {
        List<Long> all = new java.util.ArrayList<>(recent);
        all.add(unhealthy);
        return new SurgeState(scope, from, end, now, all.subList(Math.max(0, all.size() - RECENT), all.size()), surge);
    }

    SurgeState unseen(Instant end) {
        return new SurgeState(scope, from, end, baseline, recent, surge);
    }

    SurgeState with(@Nullable Ongoing now) {
        return new SurgeState(scope, from, upTo, baseline, recent, now);
    }
}
