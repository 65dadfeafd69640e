package io.tenantpulse.detect;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.BiPredicate;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** One tenant's clocks and incident while news is applied to them. */
final class TenantTurn {
    private final ClusterState cluster;
    private final List<Rule> rules;
    private final Voice voice;
    private TenantState tenant;
    private final List<Clock> clocks;
    private @Nullable IncidentState incident;

    TenantTurn(ClusterState cluster, Rules rules, Voice voice, TenantState tenant) {
        this.cluster = cluster;
        this.rules = rules.of(tenant.id(), tenant.registry(), tenant.template());
        this.voice = voice;
        this.tenant = tenant;
        this.clocks = new ArrayList<>(tenant.clocks());
        this.incident = tenant.incident();
    }

    /**
     * When conditions that are newly true began.
     *
     * @param at when the news was observed
     */
    interface Start {
        Instant of(Rule rule, Instant at);
    }

    /** The state to remember. */
    TenantState result() {
        return tenant.with(clocks, incident, nextDeadline());
    }

    private @Nullable Instant nextDeadline() {
        Instant next = null;
        for (Clock clock : clocks) {
            Rule rule = ruleOf(clock);
            Instant wake = rule == null || !isJudgeable(rule) ? null : clock.wake(rule);
            next = next == null || (wake != null && wake.isBefore(next)) ? wake : next;
        }
        return next;
    }

    private @Nullable Rule ruleOf(Clock clock) {
        for (Rule rule : rules) {
            if (rule.name().equals(clock.rule())) {
                return rule;
            }
        }
        return null;
    }

    /** Whether all that the rule reads is covered, so that a watermark may judge its deadlines. */
    boolean isJudgeable(Rule rule) {
        if (tenant.undecodableSince() != null
                || !cluster.kind(tenant.id().kindName()).isJudgeable()) {
            return false;
        }
        return rule.predicate() != Rule.Predicate.NOT_CONVERGED
                || (!tenant.own().frozen()
                        && tenant.own().reads().stream()
                                .allMatch(kind -> cluster.kind(kind).isJudgeable()));
    }

    private boolean isHidden(Rule rule) {
        if (tenant.undecodableSince() != null
                || cluster.kind(tenant.id().kindName()).isHidden()) {
            return true;
        }
        return rule.predicate() == Rule.Predicate.NOT_CONVERGED
                && (tenant.own().frozen()
                        || tenant.own().reads().stream()
                                .anyMatch(kind -> cluster.kind(kind).isHidden()));
    }

    private Verdict verdict(Rule rule, boolean literalNews) {
        if (rule.predicate() == Rule.Predicate.NOT_CONVERGED) {
            if (tenant.undecodableSince() != null) {
                return Verdict.FROZEN;
            }
            if (tenant.own().isBad()) {
                return Verdict.TRUE;
            }
            return isHidden(rule) ? Verdict.FROZEN : Verdict.FALSE;
        }
        // An object that was read speaks for itself, whatever is proven of its watch.
        if (!literalNews && isHidden(rule)) {
            return Verdict.FROZEN;
        }
        return Conditions.holds(rule.predicate(), tenant) ? Verdict.TRUE : Verdict.FALSE;
    }

    /**
     * Fires what was due before a later observation of the object whose state made the condition true, and ends what was
     * kept firing until before it.
     */
    void proveBefore(Instant observedAt, Predicate<Rule> proven) {
        act(deadline -> deadline.isBefore(observedAt), observedAt, (clock, rule) -> proven.test(rule));
    }

    /** Ends what was kept firing until before a later observation, before the condition can come back by it. */
    void endKeptBefore(Instant observedAt, Rule.Predicate predicate) {
        act(
                deadline -> deadline.isBefore(observedAt),
                observedAt,
                (clock, rule) -> clock.isFiring() && rule.predicate() == predicate && isJudgeable(rule));
    }

    /** Fires what the watermark has reached. */
    void reach(Instant watermark) {
        act(deadline -> !deadline.isAfter(watermark), watermark, (clock, rule) -> isJudgeable(rule));
    }

    private record Ended(Clock clock, @Nullable ResolveReason reason) {}

    private record Due(Instant when, int order, Clock clock, Rule rule) {}

    private void act(Predicate<Instant> isDue, Instant decidedAt, BiPredicate<Clock, Rule> judged) {
        List<Due> due = new ArrayList<>();
        for (Clock clock : clocks) {
            Rule rule = ruleOf(clock);
            Instant wake = rule == null || !judged.test(clock, rule) ? null : clock.wake(rule);
            if (rule != null && wake != null && isDue.test(wake)) {
                due.add(new Due(wake, due.size(), clock, rule));
            }
        }
        due.sort(Comparator.comparing(Due::when).thenComparingInt(Due::order));
        for (Due next : due) {
            if (next.clock.isFiring()) {
                end(List.of(new Ended(next.clock, null)), next.when, decidedAt, null);
            } else {
                fire(next.clock, next.rule, next.when, decidedAt);
            }
        }
    }

    private void fire(Clock clock, Rule rule, Instant at, Instant decidedAt) {
        Clock fired = clock.withSeverity(rule.severity()).fired(at);
        clocks.set(clocks.indexOf(clock), fired);
        boolean opens = incident == null;
        incident = incident == null ? IncidentState.opened(tenant.id(), tenant.uid(), fired, at) : incident.with(fired);
        voice.say(transition(fired, rule, Transition.Status.FIRING, at, decidedAt, null));
        voice.say(incidentChange(
                opens ? IncidentChange.Status.OPENED : IncidentChange.Status.UPDATED, null, decidedAt, null));
    }

    /** The tenant was read again after a gap: what bridges it, and what it costs. */
    void acrossGap(Predicate<Rule> which, Instant from, Instant to, Rules.GapPolicy policy, Instant at, boolean same) {
        for (int i = 0; i < clocks.size(); i++) {
            Clock clock = clocks.get(i);
            Rule rule = ruleOf(clock);
            if (rule != null && which.test(rule)) {
                boolean bridged = same || isProvenBy(rule, clock.unaccountedFrom(from));
                clocks.set(i, bridged ? clock.bridged(to) : clock.acrossGap(from, to, policy, at));
            }
        }
    }

    /** Notes, or forgets, a gap that is to be judged later. */
    void owe(Rule.Predicate predicate, @Nullable OwnGap gap) {
        Clock clock = clock(predicate);
        if (clock != null) {
            clocks.set(clocks.indexOf(clock), clock.owing(gap));
        }
    }

    private boolean isProvenBy(Rule rule, Instant start) {
        if (rule.predicate() == Rule.Predicate.NOT_CONVERGED && isHidden(rule)) {
            return false;
        }
        Instant proven = cluster.corrected(Conditions.provenSince(rule.predicate(), tenant));
        return proven != null && !proven.isAfter(start);
    }

    @Nullable
    Clock clock(Rule.Predicate predicate) {
        for (Clock clock : clocks) {
            Rule rule = ruleOf(clock);
            if (rule != null && rule.predicate() == predicate) {
                return clock;
            }
        }
        return null;
    }

    /**
     * A condition that was not seen to hold for a while does not go on, though nothing could be said against it while it
     * was hidden: it starts anew.
     */
    void forgetPending(Rule.Predicate predicate) {
        Clock clock = clock(predicate);
        if (clock != null && !clock.isFiring()) {
            clocks.remove(clock);
        }
    }

    /** Whether the rule's deadline is not earlier than {@code instant}. */
    boolean deadlineIsNotBefore(Rule rule, Instant instant) {
        Clock clock = clock(rule.predicate());
        return clock != null && !clock.deadline(rule).isBefore(instant);
    }

    /**
     * Lets conditions begin and end.
     *
     * @param at the instant of the news
     * @param literalNews whether the tenant's own object was read
     */
    void settle(Instant at, Start start, boolean literalNews) {
        List<Ended> ended = new ArrayList<>();
        Severity turnedTrue = null;
        letGoWhatHasNoRule(ended);
        for (Rule rule : rules) {
            Verdict verdict = verdict(rule, literalNews);
            if (verdict == Verdict.FROZEN) {
                continue;
            }
            String reason = verdict == Verdict.TRUE ? Conditions.identityReason(rule.predicate(), tenant) : "";
            boolean known = false;
            for (Clock clock : List.copyOf(clocks)) {
                if (clock.rule().equals(rule.name())) {
                    boolean holds = verdict == Verdict.TRUE && clock.reason().equals(reason);
                    known |= holds;
                    if (holds) {
                        keep(clock, rule, at);
                    } else {
                        letGo(clock, rule, at, ended);
                    }
                }
            }
            if (verdict == Verdict.TRUE && !known) {
                clocks.add(Clock.started(rule, reason, start.of(rule, at), at));
                turnedTrue =
                        turnedTrue == null || rule.severity().compareTo(turnedTrue) > 0 ? rule.severity() : turnedTrue;
            }
        }
        end(ended, at, at, turnedTrue);
        sortByRule();
    }

    private void letGoWhatHasNoRule(List<Ended> ended) {
        for (Clock clock : List.copyOf(clocks)) {
            if (ruleOf(clock) == null) {
                clocks.remove(clock);
                if (clock.isFiring()) {
                    ended.add(new Ended(clock, ResolveReason.RULE_REMOVED));
                }
            }
        }
    }

    private void keep(Clock clock, Rule rule, Instant at) {
        Clock now = clock.keepUntil() == null ? clock : clock.keptUntil(null);
        if (now.isFiring() && now.deadline(rule).isAfter(at)) {
            Clock pending = now.pendingAgain();
            clocks.set(clocks.indexOf(clock), pending.withSeverity(rule.severity()));
            voice.say(transition(now, rule, Transition.Status.RESOLVED, at, at, ResolveReason.RULE_CHANGED));
            sayIncident(at);
            return;
        }
        boolean severityChanged = now.severity() != rule.severity();
        now = now.withSeverity(rule.severity());
        clocks.set(clocks.indexOf(clock), now);
        if (severityChanged && now.isFiring()) {
            incident = incident == null ? null : incident.with(now);
            voice.say(transition(now, rule, Transition.Status.UPDATED, at, at, null));
            sayIncident(at);
        }
    }

    private void letGo(Clock clock, Rule rule, Instant at, List<Ended> ended) {
        if (!clock.isFiring()) {
            clocks.remove(clock);
        } else if (rule.keepFiring().isZero()) {
            ended.add(new Ended(clock, null));
        } else if (clock.keepUntil() == null) {
            clocks.set(clocks.indexOf(clock), clock.keptUntil(at.plus(rule.keepFiring())));
        }
    }

    /** A firing alert can no longer be observed, or can be again. */
    void sayObservability(String kind, Instant at) {
        for (Clock clock : clocks) {
            Rule rule = ruleOf(clock);
            if (rule != null && clock.isFiring() && reads(rule, kind)) {
                voice.say(transition(clock, rule, Transition.Status.UPDATED, at, at, null));
            }
        }
    }

    private boolean reads(Rule rule, String kind) {
        return kind.equals(tenant.id().kindName())
                || (rule.predicate() == Rule.Predicate.NOT_CONVERGED
                        && tenant.own().reads().contains(kind));
    }

    /** Ends everything: the tenant, its object or its cluster is gone. */
    void endAll(Instant at, ResolveReason reason) {
        List<Ended> firing = clocks.stream()
                .filter(Clock::isFiring)
                .map(clock -> new Ended(clock, reason))
                .toList();
        clocks.removeIf(clock -> !clock.isFiring());
        tenant = tenant.withOwn(Own.UNKNOWN);
        end(firing, at, at, null);
        if (incident != null) {
            closeIncident(at, at, reason);
        }
    }

    /** Resolves alerts and, if nothing is left of it, ends the incident. */
    private void end(List<Ended> ended, Instant at, Instant decidedAt, @Nullable Severity turnedTrue) {
        ended.forEach(each -> clocks.remove(each.clock));
        boolean over = clocks.isEmpty() && !tenant.own().isBad();
        ResolveReason last = ResolveReason.RECOVERED;
        for (Ended each : ended) {
            ResolveReason reason = each.reason;
            if (reason == null && turnedTrue != null && turnedTrue.compareTo(each.clock.severity()) > 0) {
                reason = ResolveReason.ESCALATED;
            } else if (reason == null) {
                reason = over ? ResolveReason.RECOVERED : ResolveReason.EASED;
            }
            last = reason;
            voice.say(transition(each.clock, ruleOf(each.clock), Transition.Status.RESOLVED, at, decidedAt, reason));
        }
        if (over && incident != null) {
            closeIncident(at, decidedAt, last);
        } else if (!ended.isEmpty()) {
            sayIncident(decidedAt);
        }
    }

    private void closeIncident(Instant at, Instant decidedAt, ResolveReason reason) {
        voice.say(incidentChange(IncidentChange.Status.ENDED, at, decidedAt, reason));
        incident = null;
    }

    private void sayIncident(Instant decidedAt) {
        if (incident != null) {
            voice.say(incidentChange(IncidentChange.Status.UPDATED, null, decidedAt, null));
        }
    }

    private void sortByRule() {
        List<String> order = rules.stream().map(Rule::name).toList();
        clocks.sort(Comparator.comparingInt((Clock clock) -> order.indexOf(clock.rule()))
                .thenComparing(Clock::reason));
    }

    private Transition transition(
            Clock clock,
            @Nullable Rule rule,
            Transition.Status status,
            Instant at,
            Instant decidedAt,
            @Nullable ResolveReason reason) {
        boolean hidden = rule != null && isHidden(rule);
        return Words.of(tenant, incident, clock, rule, status, at, decidedAt, hidden, reason);
    }

    private IncidentChange incidentChange(
            IncidentChange.Status status,
            @Nullable Instant endedAt,
            Instant decidedAt,
            @Nullable ResolveReason reason) {
        if (incident == null) {
            throw new AssertionError("no incident of " + tenant.id() + " to speak of");
        }
        return Words.of(tenant, incident, clocks, status, endedAt, decidedAt, reason);
    }
}
