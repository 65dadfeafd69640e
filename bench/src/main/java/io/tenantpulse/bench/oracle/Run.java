package io.tenantpulse.bench.oracle;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A stretch of the log in which a condition held at every look, and what became of its alert. */
final class Run {
    final RuleTable.Entry rule;
    final String label;
    /** Where it was found true. */
    final int begin;

    /** Moves only while nobody was told of it. */
    Instant since;
    /** What must pass beside the rule's hold. */
    Duration timeout = Duration.ZERO;

    final List<Stretch> unproven = new ArrayList<>();
    /** Where the alert was decided; negative: never. */
    int fired = -1;

    @Nullable
    Instant firedAt;

    Duration frozen = Duration.ZERO;

    @Nullable
    Instant decidedAt;

    /** Where the condition was found false, or its object gone. */
    int end = Integer.MAX_VALUE;

    /** Where the alert ended, which is later where it fires on. */
    int over = Integer.MAX_VALUE;

    @Nullable
    Instant overAt;

    @Nullable
    Instant overDecidedAt;

    /** Why, where its object went; null: the condition ended. */
    @Nullable
    String gone;

    Run(RuleTable.Entry rule, String label, int begin, Instant since) {
        this.rule = rule;
        this.label = label;
        this.begin = begin;
        this.since = since;
    }

    boolean isFired() {
        return fired >= 0;
    }

    /** since + hold + frozen, by what is known so far. */
    Instant deadline() {
        Duration uncounted = unproven.isEmpty() ? frozen : Stretch.behind(since, unproven);
        return since.plus(rule.hold()).plus(timeout).plus(uncounted);
    }

    void fire(int index, Instant decided) {
        fired = index;
        firedAt = deadline();
        frozen = Duration.between(since.plus(rule.hold()).plus(timeout), firedAt);
        decidedAt = decided;
    }

    void over(int index, Instant at, Instant decided, @Nullable String why) {
        end = Math.min(end, index);
        over = index;
        overAt = at;
        overDecidedAt = decided;
        gone = why;
    }
}
