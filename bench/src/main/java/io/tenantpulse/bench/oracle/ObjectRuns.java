package io.tenantpulse.bench.oracle;

import io.tenantpulse.v1.Change;
import io.tenantpulse.v1.ClusterMark;
import io.tenantpulse.v1.MarkType;
import io.tenantpulse.v1.TenantObserved;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The runs of one rule whose condition is read from one object alone: the literal rules and those of registries. */
final class ObjectRuns {
    private final Era era;
    private final KindHistory kind;
    private final Life life;
    private final RuleTable.Entry rule;
    private final List<Run> runs = new ArrayList<>();

    private ObjectRuns(Era era, KindHistory kind, Life life, RuleTable.Entry rule) {
        this.era = era;
        this.kind = kind;
        this.life = life;
        this.rule = rule;
    }

    static List<Run> of(Era era, KindHistory kind, Life life, RuleTable.Entry rule) {
        ObjectRuns it = new ObjectRuns(era, kind, life, rule);
        it.read();
        return it.runs;
    }

    private void read() {
        for (int n = 0; n < life.looks().size(); n++) {
            Look look = life.looks().get(n);
            if (look.change() == Change.UNDECODABLE) {
                unread(n);
                continue;
            }
            boolean gone = look.change() == Change.DELETED;
            String label = gone ? null : LiteralConditions.label(rule.condition(), look.record());
            boolean goesOn = false;
            for (Run run : open()) {
                before(run, n);
                if (run.over == Integer.MAX_VALUE && run.label.equals(label)) {
                    goesOn = true;
                    doubt(run, n);
                    run.end = Integer.MAX_VALUE;
                } else if (!gone) {
                    ends(run, look);
                }
            }
            if (label != null && !goesOn) {
                runs.add(new Run(rule, label, look.index(), since(n, look)));
            }
        }
        last();
    }

    /** What was known of it is frozen, but it was there. */
    private void unread(int n) {
        for (Run run : open()) {
            before(run, n);
        }
    }

    /** What comes before a look, and what the look proves; nothing while what it shows could not be decoded. */
    private void before(Run run, int n) {
        if (!isUnread(n - 1)) {
            marks(run, life.looks().get(n - 1).index(), life.looks().get(n).index());
            proves(run, n);
        }
    }

    private boolean isUnread(int n) {
        return life.looks().get(n).change() == Change.UNDECODABLE;
    }

    private List<Run> open() {
        return runs.stream().filter(run -> run.over == Integer.MAX_VALUE).toList();
    }

    /** What happens after the last look, or without one. */
    private void last() {
        Look last = life.looks().get(life.looks().size() - 1);
        int end = Math.min(life.endIndex(), era.size());
        for (Run run : open()) {
            marks(run, isUnread(life.looks().size() - 1) ? end : last.index(), end);
            if (life.end() != null && run.over == Integer.MAX_VALUE) {
                run.over(end, life.end().at(), life.end().at(), life.end().reason());
            }
        }
    }

    /** Watermarks between two looks: a deadline fires when one reaches it, and what fires on ends. */
    private void marks(Run run, int after, int before) {
        for (int i = after + 1; i < before && run.over == Integer.MAX_VALUE; i++) {
            if (era.isMark(i, MarkType.WATERMARK) && kind.isCoveredBy(i)) {
                ClusterMark mark = era.mark(i);
                reaches(run, i, mark.getWatermark(), true);
            }
        }
    }

    /**
     * A later look of the same object, with no gap of its kind between, proves an earlier deadline, be the gap over before
     * that; what an exporter repeats is no look. Drift is read from the owned objects too, so that no look at the tenant alone proves it.
     */
    private void proves(Run run, int n) {
        Look look = life.looks().get(n);
        if (run.over == Integer.MAX_VALUE
                && kind.isLiveBefore(look.index())
                && !kind.isRepeated(look.index())
                && !kind.isBrokenBetween(seenBefore(n).index(), look.index())) {
            reaches(run, look.index(), look.at(), false);
        }
    }

    private void reaches(Run run, int index, Instant time, boolean inclusive) {
        if (!run.isFired() && run.end == Integer.MAX_VALUE && isReached(run.deadline(), time, inclusive)) {
            run.fire(index, time);
        }
        if (run.isFired() && run.end != Integer.MAX_VALUE) {
            Instant until = era.at(run.end).observedAt().plus(rule.keepFiring());
            if (isReached(until, time, inclusive)) {
                run.over(index, until, time, null);
            }
        }
    }

    private static boolean isReached(Instant deadline, Instant time, boolean inclusive) {
        return inclusive ? !deadline.isAfter(time) : deadline.isBefore(time);
    }

    private void ends(Run run, Look look) {
        if (run.end == Integer.MAX_VALUE) {
            run.end = look.index();
            if (!run.isFired() || rule.keepFiring().isZero()) {
                run.over(look.index(), look.at(), look.at(), null);
            }
        }
    }

    /** What a gap between two looks means for the clock (DESIGN 3, Gaps). */
    private void doubt(Run run, int n) {
        Look before = life.looks().get(n - 1);
        Look now = life.looks().get(n);
        if (isUnread(n - 1)) {
            doubt(run, now, unreadSince(n), now.at());
            return;
        }
        KindHistory.Break unseen = kind.unseenBetween(before.index(), now.index());
        if (unseen == null || before.resourceVersion().equals(now.resourceVersion())) {
            return;
        }
        // The look itself is proof of what lies before it
        Instant from = later(seenBefore(n).at(), unseen.from());
        doubt(run, now, from, unseen.to() == null ? now.at() : unseen.to());
    }

    private void doubt(Run run, Look now, Instant from, Instant to) {
        Instant proven = corrected(LiteralConditions.provenSince(rule.condition(), now.record()), now);
        if (proven == null || proven.isAfter(from)) {
            run.unproven.add(new Stretch(from, to));
        }
    }

    /** Since when it could not be decoded before a look that can be. */
    private Instant unreadSince(int n) {
        int first = n - 1;
        while (isUnread(first - 1)) {
            first--;
        }
        Look look = life.looks().get(first);
        Look seen = seenBefore(first);
        KindHistory.Break unseen = kind.unseenBetween(seen.index(), look.index());
        return unseen == null ? look.at() : later(seen.at(), unseen.from());
    }

    private Instant since(int n, Look look) {
        int frame = kind.frameAt(look.index());
        Instant proven = corrected(LiteralConditions.provenSince(rule.condition(), look.record()), look);
        if (frame < 0 || look.change() != Change.SNAPSHOT || proven == null) {
            return look.at();
        }
        Instant created = corrected(((TenantObserved) look.record()).getCreatedAt(), look);
        Instant start = later(proven, created);
        if (n > 0) {
            // Not before it was last known to be otherwise
            start = later(
                    later(start, kind.coveredBefore(look.index())),
                    seenBefore(n).at());
        }
        return start.isAfter(look.at()) ? look.at() : start;
    }

    /** The look before another; what an exporter repeats from memory it does not see. */
    private Look seenBefore(int n) {
        int last = n - 1;
        while (last > 0 && (kind.isRepeated(life.looks().get(last).index()) || isUnread(last))) {
            last--;
        }
        return life.looks().get(last);
    }

    private static Instant later(Instant one, @Nullable Instant other) {
        return other != null && other.isAfter(one) ? other : one;
    }

    /** An instant of the API server's clock by the exporter's, as the last list says that they differ. */
    private @Nullable Instant corrected(@Nullable Instant byServer, Look look) {
        return byServer == null ? null : byServer.minusMillis(era.skewMillisBefore(look.index()));
    }
}
