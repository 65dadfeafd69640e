package io.tenantpulse.bench.oracle;

import io.tenantpulse.schema.Keys;
import io.tenantpulse.v1.Dependency;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What was not seen of all that one clock rests on. Stretches of several kinds are one, from the first's begin to the last's
 * end; it is judged when the last of the kinds has been read again.
 */
final class Doubts {
    /** Up to where it was judged, and up to where what was judged was not counted. */
    private Instant judgedTo;

    private Instant uncountedTo;
    private @Nullable Instant from;
    private @Nullable Instant to;

    /** @param found when what the clock tells of was found */
    Doubts(Instant found) {
        judgedTo = found;
        uncountedTo = found;
    }

    /**
     * @param known since when it is known to hold without a break; null: it is not
     * @param proven since when the tenant's own condition proves it; null: it does not
     */
    void judge(Run run, OwnSight sight, Set<String> kinds, @Nullable Instant known, @Nullable Instant proven) {
        judge(run, sight, kinds, known, proven, null, null);
    }

    /** @param unread since when something could not be decoded that is read now, at {@code at}; null: nothing */
    void judge(
            Run run,
            OwnSight sight,
            Set<String> kinds,
            @Nullable Instant known,
            @Nullable Instant proven,
            @Nullable Instant unread,
            @Nullable Instant at) {
        if (unread != null && at != null) {
            join(unread, at);
        }
        boolean complete = !sight.isHidden(false);
        for (String name : kinds) {
            KindHistory kind = sight.kind(name);
            complete &= !kind.isHiddenBefore(sight.now())
                    && !(kind.isSettledBefore(sight.now()) && kind.hasOpenGapBefore(sight.now()));
            for (KindHistory.Unseen each : kind.unseenBefore(sight.now())) {
                if (each.to().isAfter(judgedTo)) {
                    join(each.from() == null ? run.since : each.from(), each.to());
                }
            }
        }
        Instant begin = from;
        Instant end = to;
        if (!complete || begin == null || end == null) {
            return;
        }
        from = null;
        to = null;
        Instant start = OwnSight.later(OwnSight.later(begin, run.since), uncountedTo);
        judgedTo = OwnSight.later(judgedTo, end);
        if (isNotAfter(known, start) || isNotAfter(proven, start)) {
            return;
        }
        Instant uncounted = known != null && known.isBefore(end) ? known : end;
        if (uncounted.isAfter(start)) {
            if (!run.isFired()) {
                run.unproven.add(new Stretch(start, uncounted));
            }
            uncountedTo = OwnSight.later(uncountedTo, uncounted);
        }
    }

    /** The same of one resource's own time. */
    void judgeOne(Run own, OwnSight sight, Dependency asked, OwnRule.Occasion occasion) {
        OwnRule.Occasion.Unread unread = occasion.unread();
        boolean its = unread != null && OwnObjects.object(asked).equals(unread.object());
        judge(
                own,
                sight,
                Set.of(sight.tenantKindName(), Keys.kind(asked.getGroup(), asked.getKind())),
                sight.knownSince(asked),
                sight.readyFalse(),
                its ? unread.since() : null,
                occasion.at());
    }

    private void join(Instant start, Instant end) {
        from = from == null || start.isBefore(from) ? start : from;
        to = to == null || end.isAfter(to) ? end : to;
    }

    private static boolean isNotAfter(@Nullable Instant proven, Instant start) {
        return proven != null && !proven.isAfter(start);
    }
}
