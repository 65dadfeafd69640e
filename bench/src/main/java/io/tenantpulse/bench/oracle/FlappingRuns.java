package io.tenantpulse.bench.oracle;

import io.tenantpulse.bench.oracle.RuleTable.Condition;
import io.tenantpulse.v1.Change;
import io.tenantpulse.v1.MarkType;
import io.tenantpulse.v1.TenantObserved;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * TenantFlapping of a tenant without resources, all of whose life is seen: it begins with the sixth turn of the mismatch
 * within an hour and is over with two; a turn exactly an hour ago no longer counts.
 */
final class FlappingRuns {
    private static final Duration WINDOW = Duration.ofHours(1);
    private static final int HIGH = 6;
    private static final int LOW = 2;

    private final Era era;
    private final KindHistory kind;
    private final Life life;
    private final RuleTable.Entry rule;
    private final List<Instant> turns = new ArrayList<>();
    private final List<Run> runs = new ArrayList<>();

    private FlappingRuns(Era era, KindHistory kind, Life life, RuleTable.Entry rule) {
        this.era = era;
        this.kind = kind;
        this.life = life;
        this.rule = rule;
    }

    static List<Run> of(Era era, KindHistory kind, Life life, RuleTable.Entry rule) {
        FlappingRuns it = new FlappingRuns(era, kind, life, rule);
        it.read();
        return it.runs;
    }

    private void read() {
        Boolean mismatched = null;
        boolean lossSeen = false;
        int at = 0;
        for (Look look : life.looks()) {
            pass(at, look.index());
            if (kind.isLiveBefore(look.index()) && !kind.isRepeated(look.index())) {
                reach(look.index(), look.at(), false);
            }
            at = look.index() + 1;
            if (look.change() == Change.DELETED || ((TenantObserved) look.record()).getDesired() == null) {
                continue;
            }
            boolean now = LiteralConditions.label(Condition.COUNT_MISMATCH, look.record()) != null;
            if (mismatched != null && now != mismatched) {
                // What was so from the first is a rollout's doing, and so is its end
                lossSeen |= now;
                if (lossSeen) {
                    turns.add(look.at());
                    begin(look);
                }
            }
            mismatched = now;
        }
        pass(at, Math.min(life.endIndex(), era.size()));
        Run last = runs.isEmpty() ? null : runs.get(runs.size() - 1);
        if (life.end() != null && last != null && last.over == Integer.MAX_VALUE) {
            last.over(
                    life.endIndex(),
                    life.end().at(),
                    life.end().at(),
                    life.end().reason());
        }
    }

    private boolean goesOn() {
        return !runs.isEmpty() && runs.get(runs.size() - 1).over == Integer.MAX_VALUE;
    }

    private void begin(Look look) {
        if (!goesOn() && within(look.at()) >= HIGH) {
            runs.add(new Run(rule, "", look.index(), look.at()));
        }
    }

    private long within(Instant at) {
        return turns.stream().filter(turn -> turn.plus(WINDOW).isAfter(at)).count();
    }

    private void pass(int from, int to) {
        for (int i = from; i < to; i++) {
            if (era.isMark(i, MarkType.WATERMARK) && kind.isCoveredBy(i)) {
                reach(i, era.mark(i).getWatermark(), true);
            }
        }
    }

    private void reach(int index, Instant time, boolean inclusive) {
        if (!goesOn()) {
            return;
        }
        Run run = runs.get(runs.size() - 1);
        if (!run.isFired() && isReached(run.deadline(), time, inclusive)) {
            run.fire(index, time);
        }
        Instant over = turns.get(turns.size() - 1 - LOW).plus(WINDOW);
        if (run.isFired() && isReached(over, time, inclusive)) {
            run.over(index, over, time, null);
        }
    }

    private static boolean isReached(Instant deadline, Instant time, boolean inclusive) {
        return inclusive ? !deadline.isAfter(time) : deadline.isBefore(time);
    }
}
