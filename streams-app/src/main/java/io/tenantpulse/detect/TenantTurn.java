package io.tenantpulse.detect;

import io.tenantpulse.diagnose.Diagnosis;
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
    private final Speech speech;
    private TenantState tenant;
    private final List<Clock> clocks;
    private @Nullable IncidentState incident;
    private @Nullable Instant review;

    TenantTurn(ClusterState cluster, Detecting detecting, TenantState tenant) {
        this.cluster = cluster;
        this.rules = detecting
                .rules()
                .of(tenant.id(), tenant.facts().registry(), tenant.facts().template());
        this.speech = new Speech(cluster, detecting);
        this.tenant = tenant;
        this.clocks = new ArrayList<>(tenant.clocks());
        this.incident = tenant.incident();
        this.review = tenant.review();
    }

    /**
     * When conditions that are newly true began.
     *
     * @param at when the news was observed
     */
    interface Start {
        Instant of(Rule rule, Own own, Instant at);
    }

    /** The state to remember. */
    TenantState result() {
        if (clocks.stream().noneMatch(Clock::isFiring)) {
            review = null;
        }
        return tenant.with(clocks, incident, review, nextDeadline());
    }

    private @Nullable Instant nextDeadline() {
        Instant next = review;
        for (Clock clock : clocks) {
            Rule rule = ruleOf(clock);
            Instant wake = rule == null || !isJudgeable(clock, rule) ? null : wake(clock, rule);
            next = next == null || (wake != null && wake.isBefore(next)) ? wake : next;
        }
        return next;
    }

    @Nullable
    Rule ruleOf(Clock clock) {
        for (Rule rule : rules) {
            if (rule.name().equals(clock.rule())) {
                return rule;
            }
        }
        return null;
    }

    /** Whether all that the condition rests on is covered, so that a watermark may judge it. */
    boolean isJudgeable(Clock clock, Rule rule) {
        return restsOnObject(clock, rule)
                ? new Visibility(cluster, tenant).isObjectJudgeable()
                : new Visibility(cluster, tenant).isJudgeable(rule.predicate());
    }

    /** Whether the condition rests on the tenant's own object alone. */
    static boolean restsOnObject(Clock clock, Rule rule) {
        return !rule.predicate().readsResources()
                || (rule.predicate() == Rule.Predicate.DEPENDENCY_STUCK && clock.subject() == null);
    }

    boolean isHidden(Rule rule) {
        return new Visibility(cluster, tenant).isHidden(rule.predicate());
    }

    /** When a clock must be looked at again; a blocker whose time is over goes on with an alert that is kept firing. */
    private @Nullable Instant wake(Clock clock, Rule rule) {
        Instant wake = clock.wake(rule);
        Stuck next = wake == null ? null : nextBlocker(clock, rule);
        return next != null && next.deadline(rule).isBefore(wake) ? next.deadline(rule) : wake;
    }

    private @Nullable Stuck nextBlocker(Clock clock, Rule rule) {
        if (rule.predicate() != Rule.Predicate.DEPENDENCY_STUCK || !clock.isFiring()) {
            return null;
        }
        List<Stuck> stuck = Stuck.of(tenant.own(), rule);
        return stuck.isEmpty() ? null : stuck.get(0);
    }

    /**
     * Fires what was due before a later observation of the object whose state made the condition true, and ends what was
     * kept firing until before it.
     */
    void proveBefore(Instant observedAt, BiPredicate<Clock, Rule> proven) {
        act(deadline -> deadline.isBefore(observedAt), observedAt, proven);
    }

    /**
     * Ends what was kept firing until before a later observation of resources, before the condition can come back by it, and
     * tells of flapping that began before it.
     */
    void endKeptBefore(Instant observedAt) {
        act(
                deadline -> deadline.isBefore(observedAt),
                observedAt,
                (clock, rule) -> (clock.isFiring() || rule.predicate() == Rule.Predicate.FLAPPING)
                        && rule.predicate().readsResources()
                        && isJudgeable(clock, rule));
    }

    /** Fires what the watermark has reached, and tells of causes that have changed. */
    void reach(Instant watermark) {
        act(deadline -> !deadline.isAfter(watermark), watermark, this::isJudgeable);
        if (review != null && !review.isAfter(watermark)) {
            review = Reviews.hold(this, review, watermark);
        }
    }

    /** What explains the tenant's alerts may have changed. */
    void touch(Instant at) {
        review = Reviews.due(review, clocks, at);
    }

    /** What is wrong with the tenant by all that is known at that instant. */
    Diagnosis diagnosis(Instant now) {
        return speech.diagnosis(tenant, now);
    }

    /** A firing clock that ends, and why; null: as it turns out. */
    record Ended(Clock clock, @Nullable ResolveReason reason) {}

    private record Due(Instant when, int order, Clock clock, Rule rule) {}

    /** What begins and would end before it is judged does both. */
    private void act(Predicate<Instant> isDue, Instant decidedAt, BiPredicate<Clock, Rule> judged) {
        List<Due> due = due(isDue, judged);
        while (!due.isEmpty()) {
            act(due, decidedAt);
            due = due(isDue, judged);
        }
    }

    /** What ends at one instant ends together: the incident may end with it. */
    private void act(List<Due> due, Instant decidedAt) {
        List<Due> left = new ArrayList<>(due);
        while (!left.isEmpty()) {
            Due next = left.remove(0);
            if (!isEnd(next)) {
                act(next, decidedAt);
                continue;
            }
            List<Ended> together = new ArrayList<>(List.of(new Ended(next.clock, null)));
            for (Due other : List.copyOf(left)) {
                if (other.when.equals(next.when) && isEnd(other)) {
                    left.remove(other);
                    together.add(new Ended(other.clock, null));
                }
            }
            end(together, new Speech.Instants(next.when, decidedAt), null);
        }
    }

    private boolean isEnd(Due due) {
        return due.clock.isFiring() && nextBlocker(due.clock, due.rule) == null;
    }

    private List<Due> due(Predicate<Instant> isDue, BiPredicate<Clock, Rule> judged) {
        List<Due> due = new ArrayList<>();
        for (Clock clock : clocks) {
            Rule rule = ruleOf(clock);
            Instant wake = rule == null || !judged.test(clock, rule) ? null : wake(clock, rule);
            if (rule != null && wake != null && isDue.test(wake)) {
                due.add(new Due(wake, due.size(), clock, rule));
            }
        }
        due.sort(Comparator.comparing(Due::when).thenComparingInt(Due::order));
        return due;
    }

    private void act(Due next, Instant decidedAt) {
        Speech.Instants when = new Speech.Instants(next.when, decidedAt);
        Stuck blocker = nextBlocker(next.clock, next.rule);
        if (blocker != null) {
            pass(next.clock, next.rule, when, blocker);
        } else if (next.clock.keepUntil() != null && !next.clock.keepUntil().isAfter(next.when)) {
            clocks.remove(next.clock);
        } else {
            fire(next.clock, next.rule, when);
        }
    }

    /** What was kept firing goes on with another blocker, or ends and waits for its time. */
    private void pass(Clock clock, Rule rule, Speech.Instants when, Stuck next) {
        if (!next.deadline(rule).isAfter(when.at())) {
            goOn(clock, next, rule, when);
            return;
        }
        clocks.add(next.pending(rule));
        end(List.of(new Ended(clock, null)), when, null);
    }

    /**
     * An alert goes on with another blocker. That is told at once, but not of every link of a chain that recovers: after an
     * update a review tells, once the pause is over, to what it came.
     */
    void goOn(Clock before, Stuck with, Rule rule, Speech.Instants when) {
        Clock now = before.keptUntil(null).about(with.subject(), with.timeout());
        Told told = before.told();
        if (told != null && !told.at().equals(before.firedAt()) && told.next().isAfter(when.at())) {
            replace(before, now.told(told.outdated()));
            touch(when.at());
            return;
        }
        replace(before, now);
        say(now, rule, Transition.Status.UPDATED, when, null);
        sayIncident(when.decidedAt());
    }

    private void fire(Clock clock, Rule rule, Speech.Instants when) {
        Clock fired = clock.withSeverity(rule.severity()).fired(when.at());
        clocks.set(clocks.indexOf(clock), fired);
        boolean opens = incident == null;
        incident = incident == null
                ? IncidentState.opened(tenant.id(), tenant.uid(), fired, when.at())
                : incident.with(fired);
        say(fired, rule, Transition.Status.FIRING, when, null);
        sayIncident(opens ? IncidentChange.Status.OPENED : IncidentChange.Status.UPDATED, null, when.decidedAt(), null);
    }

    /** The tenant's own object was read again after a gap: what bridges it, and what it costs. */
    void acrossGap(OwnGap gap, Rules.GapPolicy policy, Instant at, boolean same) {
        for (int i = 0; i < clocks.size(); i++) {
            Clock clock = clocks.get(i);
            Rule rule = ruleOf(clock);
            if (rule != null && !rule.predicate().readsResources()) {
                Instant proven = provenSince(rule.predicate());
                Instant start = clock.stretch().unaccountedFrom(gap.from());
                boolean bridged = same || (proven != null && !proven.isAfter(start));
                clocks.set(
                        i,
                        bridged
                                ? clock.with(clock.stretch().bridged(gap.to()))
                                : clock.acrossGap(gap.from(), gap.to(), policy, at));
            }
        }
    }

    /** Since when the tenant's object proves the condition, by the exporter's clock; null: it does not. */
    @Nullable
    Instant provenSince(Rule.Predicate predicate) {
        return predicate.readsResources() && new Visibility(cluster, tenant).isHidden(predicate)
                ? null
                : cluster.corrected(Conditions.provenSince(predicate, tenant));
    }

    List<Rule> rules() {
        return rules;
    }

    ClusterState cluster() {
        return cluster;
    }

    TenantState tenant() {
        return tenant;
    }

    /** Its clocks as they are now. */
    List<Clock> clocks() {
        return List.copyOf(clocks);
    }

    void add(Clock clock) {
        clocks.add(clock);
    }

    void remove(Clock clock) {
        clocks.remove(clock);
    }

    void turned(Flips flips) {
        tenant = tenant.withFlips(flips);
    }

    /** An alert that fires is as bad as the clock says now. */
    void weigh(Clock firing) {
        incident = incident == null ? null : incident.with(firing);
    }

    void replace(Clock before, Clock now) {
        clocks.set(clocks.indexOf(before), now);
    }

    /** The clock of a rule whose alert has one identity for each tenant; null: its condition does not hold. */
    @Nullable
    Clock clockOf(Rule rule) {
        for (Clock clock : clocks) {
            if (clock.rule().equals(rule.name())) {
                return clock;
            }
        }
        return null;
    }

    /** The clocks of a rule whose alerts are told apart by their reason. */
    List<Clock> clocksOf(Rule rule) {
        List<Clock> found = List.of();
        for (Clock clock : clocks) {
            if (clock.rule().equals(rule.name())) {
                found = found.isEmpty() ? new ArrayList<>(1) : found;
                found.add(clock);
            }
        }
        return found;
    }

    /** The clocks of all rules that ask for the same. */
    List<Clock> clocks(Rule.Predicate predicate) {
        List<Clock> found = new ArrayList<>();
        for (Clock clock : clocks) {
            Rule rule = ruleOf(clock);
            if (rule != null && rule.predicate() == predicate) {
                found.add(clock);
            }
        }
        return found;
    }

    /**
     * A condition that was not seen to hold for a while does not go on, though nothing could be said against it while it
     * was hidden: it starts anew.
     */
    void forgetPending(Rule.Predicate predicate) {
        clocks.removeAll(
                clocks(predicate).stream().filter(clock -> !clock.isFiring()).toList());
    }

    /**
     * Lets conditions begin and end.
     *
     * @param at the instant of the news
     * @param literalNews whether the tenant's own object was read
     */
    void settle(Instant at, Start start, boolean literalNews) {
        new Settling(this, at, start, literalNews).run();
        sortByRule();
    }

    /** A firing alert can no longer be observed, or can be again. */
    void sayObservability(String kind, Instant at) {
        for (Clock clock : clocks()) {
            Rule rule = ruleOf(clock);
            if (rule != null && clock.isFiring() && new Visibility(cluster, tenant).reads(rule.predicate(), kind)) {
                say(clock, rule, Transition.Status.UPDATED, Speech.Instants.both(at), null);
            }
        }
    }

    /** Ends everything: the tenant, its object or its cluster is gone. */
    void endAll(Instant at, ResolveReason reason) {
        List<Ended> firing = clocks.stream()
                .filter(Clock::isFiring)
                .map(clock -> new Ended(clock, reason))
                .toList();
        clocks.removeIf(clock -> !clock.isFiring());
        tenant = tenant.withOwn(Own.UNKNOWN);
        end(firing, Speech.Instants.both(at), null);
        if (incident != null) {
            closeIncident(Speech.Instants.both(at), reason);
        }
    }

    /** Resolves alerts and, if nothing is left of it, ends the incident. */
    void end(List<Ended> ended, Speech.Instants when, @Nullable Severity turnedTrue) {
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
            say(each.clock, ruleOf(each.clock), Transition.Status.RESOLVED, when, reason);
        }
        if (over && incident != null) {
            closeIncident(when, last);
        } else if (!ended.isEmpty()) {
            sayIncident(when.decidedAt());
        }
    }

    private void closeIncident(Speech.Instants when, ResolveReason reason) {
        sayIncident(IncidentChange.Status.ENDED, when.at(), when.decidedAt(), reason);
        incident = null;
    }

    void sayIncident(Instant decidedAt) {
        if (incident != null) {
            sayIncident(IncidentChange.Status.UPDATED, null, decidedAt, null);
        }
    }

    private void sayIncident(
            IncidentChange.Status status,
            @Nullable Instant endedAt,
            Instant decidedAt,
            @Nullable ResolveReason reason) {
        if (incident == null) {
            throw new AssertionError("no incident of " + tenant.id() + " to speak of");
        }
        speech.incident(tenant, incident, clocks, status, endedAt, decidedAt, reason);
    }

    void say(
            Clock clock,
            @Nullable Rule rule,
            Transition.Status status,
            Speech.Instants when,
            @Nullable ResolveReason reason) {
        Clock said = clock;
        if (status != Transition.Status.RESOLVED) {
            Diagnosis why = speech.diagnosis(tenant, when.decidedAt());
            Told told = Told.of(why, when.at());
            said = clock.told(told);
            replace(clock, said);
            review = Reviews.dueByTime(review, why, clocks);
            incident = incident == null
                    ? null
                    : incident.with(told, why, tenant.facts().counts());
        }
        speech.alert(tenant, incident, said, rule, status, when, reason);
    }

    private void sortByRule() {
        if (clocks.size() < 2) {
            return;
        }
        List<String> order = rules.stream().map(Rule::name).toList();
        clocks.sort(Comparator.comparingInt((Clock clock) -> order.indexOf(clock.rule()))
                .thenComparing(Clock::reason));
    }
}
