package io.tenantpulse.bench.oracle;

import io.tenantpulse.v1.Dependency;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** TenantNotConverged: by our own reading a resource that must be ready is not, or does not exist. */
final class OwnRuns implements OwnRule {
    private final RuleTable.Entry rule;
    private final List<Run> runs = new ArrayList<>();
    private boolean badBefore;
    private Doubts doubts = new Doubts(Instant.MIN);

    private OwnRuns(RuleTable.Entry rule) {
        this.rule = rule;
    }

    static List<Run> of(Era era, Function<String, KindHistory> kinds, Life life, String tenant, RuleTable.Entry rule) {
        OwnRuns it = new OwnRuns(rule);
        OwnSight.read(era, kinds, life, tenant, it);
        return it.runs;
    }

    @Override
    public void settle(OwnSight sight, Occasion occasion) {
        List<Dependency> bad = bad(sight);
        Run open = open();
        if (open != null && !bad.isEmpty() && !badBefore && !open.isFired()) {
            // It was seen to be good, though that could not be said: it does not go on
            open.over(occasion.index(), occasion.at(), occasion.at(), null);
            open = null;
        }
        if (!bad.isEmpty() && open == null) {
            if (!sight.isTenantUnread()) {
                runs.add(new Run(rule, "", occasion.index(), sight.began(occasion, possible(sight, occasion, bad))));
                doubts = new Doubts(occasion.at());
            }
        } else if (!bad.isEmpty()) {
            doubts.judge(
                    open,
                    sight,
                    sight.rests(),
                    knownSince(sight, bad),
                    sight.readyFalse(),
                    occasion.unreadSince(required(sight)),
                    occasion.at());
        } else if (open != null && !sight.isHidden(false)) {
            open.over(occasion.index(), occasion.at(), occasion.at(), null);
        }
        badBefore = !bad.isEmpty();
    }

    private static List<Dependency> required(OwnSight sight) {
        return sight.spec().stream().filter(Dependency::getWaitForReady).toList();
    }

    private static List<Dependency> bad(OwnSight sight) {
        return required(sight).stream()
                .filter(each -> sight.state(each).isBad())
                .toList();
    }

    /** The earliest instant at which it can have begun by all that is known of what is not ready; null: any. */
    private @Nullable Instant possible(OwnSight sight, Occasion occasion, List<Dependency> bad) {
        Instant earliest = Instant.MAX;
        for (Dependency each : bad) {
            OwnObjects.Known known = sight.known(each);
            Instant bound = known != null
                    ? known.possible
                    : occasion.ofTenant() && badBefore ? null : OwnSight.later(Instant.MIN, occasion.lostAfter());
            if (bound == null) {
                return null;
            }
            earliest = bound.isBefore(earliest) ? bound : earliest;
        }
        return earliest;
    }

    /** Since when one of them is known without a break not to be ready; null: of none that is. */
    private static @Nullable Instant knownSince(OwnSight sight, List<Dependency> bad) {
        Instant earliest = null;
        for (Dependency each : bad) {
            Instant since = sight.knownSince(each);
            earliest = earliest == null || since != null && since.isBefore(earliest) ? since : earliest;
        }
        return earliest;
    }

    private @Nullable Run open() {
        Run last = runs.isEmpty() ? null : runs.get(runs.size() - 1);
        return last == null || last.over != Integer.MAX_VALUE ? null : last;
    }

    /**
     * A later look at a resource that has been not ready since before the deadline proves it. That one appears proves nothing:
     * it was not seen before.
     */
    @Override
    public void looked(OwnSight sight, int index, Instant at, OwnObjects.@Nullable Known known) {
        Run open = open();
        if (open == null || open.isFired() || known == null || !open.deadline().isBefore(at)) {
            return;
        }
        boolean required = bad(sight).stream().anyMatch(each -> sight.known(each) == known);
        if (required && sight.isJudgeable(false) && sight.isProof(known, index, open.deadline())) {
            open.fire(index, at);
        }
    }

    @Override
    public void reach(OwnSight sight, int index, Instant watermark) {
        Run open = open();
        if (open != null && !open.isFired() && !open.deadline().isAfter(watermark) && sight.isJudgeable(false)) {
            open.fire(index, watermark);
        }
    }

    @Override
    public void ended(Life.End end) {
        Run open = open();
        if (open != null) {
            open.over(end.index(), end.at(), end.at(), end.reason());
        }
    }
}
