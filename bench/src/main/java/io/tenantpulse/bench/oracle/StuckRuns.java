package io.tenantpulse.bench.oracle;

import io.tenantpulse.v1.Dependency;
import io.tenantpulse.v1.MarkType;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * TenantDependencyStuck: something that is not ready waits for a blocker, which is not ready for longer than its own timeout
 * while all that it depends on is; or the dependencies can't be met at all.
 */
final class StuckRuns implements OwnRule {
    private final Era era;
    private final RuleTable.Entry rule;
    private final List<Run> runs = new ArrayList<>();
    private Map<String, Trouble> troubles = new HashMap<>();
    private List<Candidate> candidates = List.of();
    private @Nullable Instant brokenSince;
    /** Of what the newest run tells; empty: of dependencies that can't be met. */
    private String subject = "";

    private Duration timeout = Duration.ZERO;

    /**
     * A resource that is not ready, or absent.
     *
     * @param own its own time, as a run that nobody tells of; null: it has not begun
     */
    private record Trouble(Instant since, @Nullable Run own, Doubts doubts) {}

    /** What can be told of, and when its time is over. */
    private record Candidate(String id, Duration timeout, Instant over, Duration frozen) {}

    private StuckRuns(Era era, RuleTable.Entry rule) {
        this.era = era;
        this.rule = rule;
    }

    static List<Run> of(Era era, Function<String, KindHistory> kinds, Life life, String tenant, RuleTable.Entry rule) {
        StuckRuns it = new StuckRuns(era, rule);
        OwnSight.read(era, kinds, life, tenant, it);
        return it.runs;
    }

    @Override
    public void settle(OwnSight sight, Occasion occasion) {
        Waiting waiting = Waiting.of(sight.spec(), each -> sight.state(each).isBad());
        look(sight, occasion, waiting);
        candidates = candidates(sight, occasion, waiting);
        Run open = open();
        if (sight.isTenantUnread()) {
            return;
        }
        if (open == null) {
            begin(occasion);
        } else if (!open.isFired()) {
            if (!candidates.isEmpty()) {
                tell(open, candidates.get(0));
            } else if (!sight.isHidden(true)) {
                open.over(occasion.index(), occasion.at(), occasion.at(), null);
            }
        } else if (!goesOn(occasion) && !sight.isHidden(true)) {
            open.over(occasion.index(), occasion.at(), occasion.at(), null);
            begin(occasion);
        }
    }

    private void begin(Occasion occasion) {
        if (!candidates.isEmpty()) {
            Run run = new Run(rule, "", occasion.index(), candidates.get(0).over());
            tell(run, candidates.get(0));
            runs.add(run);
        }
    }

    private void tell(Run run, Candidate candidate) {
        subject = candidate.id();
        timeout = candidate.timeout();
        run.timeout = candidate.timeout();
        run.frozen = candidate.frozen();
        run.since = candidate.over().minus(rule.hold()).minus(timeout).minus(candidate.frozen());
    }

    /** What fires goes on as long as the time of anything is over, with the same if that can be. */
    private boolean goesOn(Occasion occasion) {
        for (Candidate each : candidates) {
            if (each.id().equals(subject) && (each.timeout().compareTo(timeout) <= 0 || isOver(each, occasion))) {
                timeout = each.timeout();
                return true;
            }
        }
        for (Candidate each : candidates) {
            if (isOver(each, occasion)) {
                subject = each.id();
                timeout = each.timeout();
                return true;
            }
        }
        return false;
    }

    private boolean isOver(Candidate candidate, Occasion occasion) {
        Instant watermark = null;
        for (int i = occasion.index(); i >= 0 && watermark == null; i--) {
            watermark = era.isMark(i, MarkType.WATERMARK) ? era.mark(i).getWatermark() : null;
        }
        return candidate.over().isBefore(occasion.at())
                || watermark != null && !candidate.over().isAfter(watermark);
    }

    /** Since when each is in trouble, and since when by its own fault. */
    private void look(OwnSight sight, Occasion occasion, Waiting waiting) {
        Map<String, Trouble> now = new HashMap<>();
        for (Dependency each : sight.spec()) {
            if (!waiting.isBad(each.getId())) {
                continue;
            }
            String object = OwnObjects.object(each);
            Trouble before = troubles.get(object);
            Instant since = before == null ? sight.began(occasion, sight.possible(each, occasion)) : before.since();
            Run own = before == null ? null : before.own();
            Doubts doubts = before == null ? new Doubts(occasion.at()) : before.doubts();
            if (sight.known(each) == null && waiting.isBehind(each.getId())) {
                // What is not created behind another has not begun
                own = null;
            } else if (own == null) {
                own = new Run(rule, "", occasion.index(), before == null ? since : occasion.at());
                doubts = new Doubts(occasion.at());
            }
            if (own != null) {
                doubts.judgeOne(own, sight, each, occasion);
            }
            now.put(object, new Trouble(since, own, doubts));
        }
        troubles = now;
    }

    private List<Candidate> candidates(OwnSight sight, Occasion occasion, Waiting waiting) {
        List<Candidate> found = new ArrayList<>();
        if (waiting.isBroken()) {
            brokenSince = brokenSince == null ? sight.refused(occasion) : brokenSince;
            found.add(new Candidate("", Duration.ZERO, brokenSince.plus(rule.hold()), Duration.ZERO));
        } else {
            brokenSince = null;
        }
        for (Dependency each : sight.spec()) {
            Trouble trouble = troubles.get(OwnObjects.object(each));
            if (trouble == null || trouble.own() == null || waiting.isBehind(each.getId())) {
                continue;
            }
            Instant waited = null;
            for (Dependency other : sight.spec()) {
                if (waiting.waitsFor(other.getId(), each.getId())) {
                    Instant since = troubles.get(OwnObjects.object(other)).since();
                    waited = waited == null || since.isBefore(waited) ? since : waited;
                }
            }
            if (waited != null) {
                Duration own = Duration.ofSeconds(each.getTimeoutSeconds());
                Duration frozen = Stretch.behind(trouble.own().since, trouble.own().unproven);
                Instant over = trouble.own().deadline().plus(own);
                found.add(new Candidate(each.getId(), own, OwnSight.later(over, waited), frozen));
            }
        }
        found.sort(Comparator.comparing(Candidate::over).thenComparing(Candidate::id));
        return found;
    }

    private @Nullable Run open() {
        Run last = runs.isEmpty() ? null : runs.get(runs.size() - 1);
        return last == null || last.over != Integer.MAX_VALUE ? null : last;
    }

    private boolean isJudgeable(OwnSight sight) {
        return subject.isEmpty()
                ? !sight.isTenantUnread() && sight.tenantKind().isJudgeableBefore(sight.now())
                : sight.isJudgeable(true);
    }

    /** A later look at the blocker proves that its time was over; of dependencies that can't be met, one at the tenant. */
    @Override
    public void looked(OwnSight sight, int index, Instant at, OwnObjects.@Nullable Known known) {
        Run open = open();
        if (open == null || open.isFired() || !open.deadline().isBefore(at) || !isJudgeable(sight)) {
            return;
        }
        boolean proven = known == null
                ? subject.isEmpty() && !sight.tenantKind().isBrokenBetween(sight.seenIndex(), index)
                : sight.spec().stream().anyMatch(each -> each.getId().equals(subject) && sight.known(each) == known)
                        && sight.isProof(known, index, open.deadline());
        if (proven) {
            open.fire(index, at);
        }
    }

    @Override
    public void reach(OwnSight sight, int index, Instant watermark) {
        Run open = open();
        if (open != null && !open.isFired() && !open.deadline().isAfter(watermark) && isJudgeable(sight)) {
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
