package io.tenantpulse.detect;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** One registry's clocks while news is applied to them. It has neither resources nor incidents: its counts say all. */
final class RegistryTurn {
    private final ClusterState cluster;
    private final List<Rule> rules;
    private final Voice voice;
    private final RegistryState registry;
    private final List<Clock> clocks;

    RegistryTurn(ClusterState cluster, Rules rules, Voice voice, RegistryState registry) {
        this.cluster = cluster;
        this.rules = rules.of(registry.id());
        this.voice = voice;
        this.registry = registry;
        this.clocks = new ArrayList<>(registry.clocks());
    }

    /** The state to remember. */
    RegistryState result() {
        Clock next = isJudgeable() ? earliest(when -> true) : null;
        return registry.with(clocks, next == null ? null : wake(next));
    }

    /** Whether a watermark may judge it. */
    private boolean isJudgeable() {
        return registry.undecodableSince() == null
                && cluster.kind(registry.id().kindName()).isJudgeable();
    }

    /** Whether it was known and can't be seen now. */
    private boolean isHidden() {
        return registry.undecodableSince() != null
                || cluster.kind(registry.id().kindName()).isHidden();
    }

    /** Fires and ends what was due before a later observation of it. */
    void proveBefore(Instant observedAt) {
        act(when -> when.isBefore(observedAt), observedAt);
    }

    /** Fires and ends what the watermark has reached. */
    void reach(Instant watermark) {
        if (isJudgeable()) {
            act(when -> !when.isAfter(watermark), watermark);
        }
    }

    private void act(Predicate<Instant> isDue, Instant decidedAt) {
        for (Clock next = earliest(isDue); next != null; next = earliest(isDue)) {
            Rule rule = ruleOf(next);
            Instant when = wake(next);
            if (rule == null || when == null) {
                throw new AssertionError("due, but without a rule or a time: " + next);
            }
            Speech.Instants instants = new Speech.Instants(when, decidedAt);
            if (next.isFiring()) {
                endTogether(when, instants);
            } else {
                Clock fired = next.withSeverity(rule.severity()).fired(when);
                clocks.set(clocks.indexOf(next), fired);
                say(fired, rule, Transition.Status.FIRING, instants, null);
            }
        }
    }

    /** What was kept firing until one instant ends together: nothing may be left of it then. */
    private void endTogether(Instant until, Speech.Instants instants) {
        List<Clock> over = clocks.stream()
                .filter(clock -> clock.isFiring() && until.equals(wake(clock)))
                .toList();
        clocks.removeAll(over);
        over.forEach(clock -> end(clock, ruleOf(clock), instants, null));
    }

    /** The first that is due; of several at once the one whose rule comes first. */
    private @Nullable Clock earliest(Predicate<Instant> isDue) {
        Clock first = null;
        for (Clock clock : clocks) {
            Instant wake = wake(clock);
            Instant before = first == null ? null : wake(first);
            if (wake != null && isDue.test(wake) && (before == null || wake.isBefore(before))) {
                first = clock;
            }
        }
        return first;
    }

    private @Nullable Instant wake(Clock clock) {
        Rule rule = ruleOf(clock);
        return rule == null ? null : clock.wake(rule);
    }

    private @Nullable Rule ruleOf(Clock clock) {
        for (Rule rule : rules) {
            if (rule.name().equals(clock.rule())) {
                return rule;
            }
        }
        return null;
    }

    /** It was read again after a gap: what bridges it, and what it costs. Nothing in it tells since when its counts are so. */
    void acrossGap(OwnGap gap, Rules.GapPolicy policy, Instant at, boolean same) {
        clocks.replaceAll(clock -> same
                ? clock.with(clock.stretch().bridged(gap.to()))
                : clock.acrossGap(gap.from(), gap.to(), policy, at));
    }

    /**
     * Lets conditions begin and end.
     *
     * @param news whether the object was read; what is hidden and was not keeps its conditions
     */
    void settle(Instant at, boolean news) {
        List<Clock> ended = new ArrayList<>();
        Severity turnedTrue = null;
        List<Clock> now = new ArrayList<>();
        for (Rule rule : rules) {
            Clock clock = clockOf(rule);
            boolean holds = !news && isHidden()
                    ? clock != null && clock.keepUntil() == null
                    : Conditions.holds(rule.predicate(), registry.counts());
            if (holds && clock == null) {
                clock = Clock.started(rule, "", Stretch.started(at, at));
                turnedTrue = higher(turnedTrue, rule.severity());
            } else if (holds) {
                clock = kept(clock, rule, at);
            } else if (clock != null) {
                clock = let(clock, rule, at, ended);
            }
            if (clock != null) {
                now.add(clock);
            }
        }
        List<Clock> withoutRule =
                clocks.stream().filter(clock -> ruleOf(clock) == null).toList();
        clocks.clear();
        clocks.addAll(now);
        withoutRule.stream()
                .filter(Clock::isFiring)
                .forEach(clock -> say(
                        clock, null, Transition.Status.RESOLVED, Speech.Instants.both(at), ResolveReason.RULE_REMOVED));
        for (Clock clock : ended) {
            end(clock, ruleOf(clock), Speech.Instants.both(at), turnedTrue);
        }
    }

    private @Nullable Clock clockOf(Rule rule) {
        return clocks.stream()
                .filter(clock -> clock.rule().equals(rule.name()))
                .findAny()
                .orElse(null);
    }

    /** The condition goes on: with another severity, or pending again where the rule now asks for more. */
    private Clock kept(Clock before, Rule rule, Instant at) {
        Clock kept = before.keptUntil(null);
        if (kept.isFiring() && kept.deadline(rule).isAfter(at)) {
            say(kept, rule, Transition.Status.RESOLVED, Speech.Instants.both(at), ResolveReason.RULE_CHANGED);
            return kept.pendingAgain().withSeverity(rule.severity());
        }
        Clock now = kept.withSeverity(rule.severity());
        if (now.isFiring() && now.severity() != kept.severity()) {
            say(now, rule, Transition.Status.UPDATED, Speech.Instants.both(at), null);
        }
        return now;
    }

    /** The condition has ended; null where nothing of it is kept. */
    private @Nullable Clock let(Clock clock, Rule rule, Instant at, List<Clock> ended) {
        if (!clock.isFiring()) {
            return null;
        }
        if (rule.keepFiring().isZero()) {
            ended.add(clock);
            return null;
        }
        return clock.keepUntil() == null ? clock.keptUntil(at.plus(rule.keepFiring())) : clock;
    }

    private void end(Clock clock, @Nullable Rule rule, Speech.Instants when, @Nullable Severity turnedTrue) {
        clocks.remove(clock);
        ResolveReason rest = clocks.isEmpty() ? ResolveReason.RECOVERED : ResolveReason.EASED;
        boolean worse = turnedTrue != null && turnedTrue.compareTo(clock.severity()) > 0;
        say(clock, rule, Transition.Status.RESOLVED, when, worse ? ResolveReason.ESCALATED : rest);
    }

    /** Ends everything: the registry, its object or its cluster is gone. */
    void endAll(Instant at, ResolveReason reason) {
        for (Clock clock : List.copyOf(clocks)) {
            if (clock.isFiring()) {
                say(clock, ruleOf(clock), Transition.Status.RESOLVED, Speech.Instants.both(at), reason);
            }
        }
        clocks.clear();
    }

    /** A firing alert can no longer be observed, or can be again. */
    void sayObservability(Instant at) {
        for (Clock clock : List.copyOf(clocks)) {
            if (clock.isFiring()) {
                say(clock, ruleOf(clock), Transition.Status.UPDATED, Speech.Instants.both(at), null);
            }
        }
    }

    private void say(
            Clock clock,
            @Nullable Rule rule,
            Transition.Status status,
            Speech.Instants when,
            @Nullable ResolveReason reason) {
        voice.say(RegistryWords.of(registry, clock, rule, status, when, isHidden(), reason));
    }

    private static Severity higher(@Nullable Severity a, Severity b) {
        return a == null || b.compareTo(a) > 0 ? b : a;
    }
}
