package io.tenantpulse.detect;

import io.tenantpulse.diagnose.StatusDrift;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Lets the conditions of one tenant begin and end after news of it. */
final class Settling {
    private final TenantTurn turn;
    private final Instant at;
    private final TenantTurn.Start start;
    private final boolean literalNews;
    private final List<TenantTurn.Ended> ended = new ArrayList<>();
    private @Nullable Severity turnedTrue;

    Settling(TenantTurn turn, Instant at, TenantTurn.Start start, boolean literalNews) {
        this.turn = turn;
        this.at = at;
        this.start = start;
        this.literalNews = literalNews;
    }

    void run() {
        letGoWhatHasNoRule();
        seeTurns();
        for (Rule rule : turn.rules()) {
            switch (rule.predicate()) {
                case DEPENDENCY_STUCK -> settleStuck(rule);
                case FLAPPING -> settleFlapping(rule);
                case COUNT_MISMATCH,
                        RESOURCES_FAILED,
                        READY_FALSE,
                        READY_UNKNOWN,
                        DEGRADED_TRUE,
                        CONFLICTED_TRUE,
                        NOT_CONVERGED,
                        STATUS_DRIFT -> settle(rule);
                case REGISTRY_MANY_FAILED, REGISTRY_FAILED, REGISTRY_COUNT_MISMATCH, MISMATCH_SURGE ->
                    throw new AssertionError(rule.name() + " is not asked of a tenant");
            }
        }
        turn.end(ended, Speech.Instants.both(at), turnedTrue);
    }

    private void begin(Clock clock) {
        turn.add(clock);
        if (turnedTrue == null || clock.severity().compareTo(turnedTrue) > 0) {
            turnedTrue = clock.severity();
        }
    }

    private void settle(Rule rule) {
        Verdict verdict = verdict(rule);
        if (verdict == Verdict.FROZEN) {
            return;
        }
        String reason = verdict == Verdict.TRUE ? Conditions.identityReason(rule.predicate(), turn.tenant()) : "";
        boolean known = false;
        for (Clock clock : turn.clocksOf(rule)) {
            boolean holds = verdict == Verdict.TRUE && clock.reason().equals(reason);
            known |= holds;
            if (holds) {
                keep(clock, clock.keptUntil(null), rule);
            } else {
                letGo(clock, rule);
            }
        }
        if (verdict == Verdict.TRUE && !known) {
            Instant since = start.of(rule, turn.tenant().own(), at);
            begin(Clock.started(rule, reason, Stretch.started(since, at)));
        }
    }

    private Verdict verdict(Rule rule) {
        if (rule.predicate() == Rule.Predicate.NOT_CONVERGED) {
            if (turn.tenant().undecodableSince() != null) {
                return Verdict.FROZEN;
            }
            if (turn.tenant().own().isBad()) {
                return Verdict.TRUE;
            }
            return turn.isHidden(rule) ? Verdict.FROZEN : Verdict.FALSE;
        }
        if (rule.predicate() == Rule.Predicate.STATUS_DRIFT) {
            return turn.isHidden(rule) ? Verdict.FROZEN : drifts();
        }
        // An object that was read speaks for itself, whatever is proven of its watch.
        if (!literalNews && turn.isHidden(rule)) {
            return Verdict.FROZEN;
        }
        return Conditions.holds(rule.predicate(), turn.tenant()) ? Verdict.TRUE : Verdict.FALSE;
    }

    private Verdict drifts() {
        TenantState tenant = turn.tenant();
        Own own = tenant.own();
        boolean known = own.tally().resources() > 0 || tenant.facts().isBehind();
        StatusDrift drift =
                StatusDrift.judge(tenant.facts(), tenant.undecodableSince() != null, own.broken() == null, own.tally());
        return known && drift.isDrift() ? Verdict.TRUE : Verdict.FALSE;
    }

    private void settleStuck(Rule rule) {
        if (turn.tenant().undecodableSince() != null) {
            return;
        }
        List<Stuck> all = Stuck.of(turn.tenant().own(), rule);
        Clock clock = turn.clockOf(rule);
        if (clock == null) {
            if (!all.isEmpty()) {
                begin(all.get(0).pending(rule));
            }
        } else if (!clock.isFiring()) {
            if (!all.isEmpty()) {
                turn.replace(clock, all.get(0).pending(rule));
            } else if (!turn.isHidden(rule)) {
                turn.remove(clock);
            }
        } else {
            settleFiringStuck(clock, rule, all);
        }
    }

    private void settleFiringStuck(Clock clock, Rule rule, List<Stuck> all) {
        for (Stuck stuck : all) {
            if (stuck.isOf(clock)
                    && (stuck.timeout().compareTo(clock.timeout()) <= 0 || stuck.isOver(rule, turn.cluster(), at))) {
                keep(clock, clock.about(stuck.subject(), stuck.timeout()).keptUntil(null), rule);
                return;
            }
        }
        for (Stuck stuck : all) {
            if (stuck.isOver(rule, turn.cluster(), at)) {
                turn.goOn(clock, stuck, rule, Speech.Instants.both(at));
                return;
            }
        }
        if (!turn.isHidden(rule)) {
            letGo(clock, rule);
            if (rule.keepFiring().isZero() && !all.isEmpty()) {
                turn.add(all.get(0).pending(rule));
            }
        }
    }

    private void seeTurns() {
        int keep = 0;
        for (Rule rule : turn.rules()) {
            keep = rule.rate() == null ? keep : Math.max(keep, rule.rate().high());
        }
        if (keep > 0) {
            turn.turned(turn.tenant().flips().seen(turn.tenant(), literalNews, at, keep));
        }
    }

    private void settleFlapping(Rule rule) {
        Rule.Rate rate = rule.rate();
        if (rate == null) {
            throw new AssertionError("flapping without a rate: " + rule.name());
        }
        Instant over = turn.tenant().flips().over(rate);
        Clock clock = turn.clockOf(rule);
        Instant until = over == null ? at : over.plus(rule.keepFiring());
        if (clock != null && clock.isFiring()) {
            keep(clock, clock.keptUntil(until), rule);
        } else if (clock != null && !until.isAfter(at)) {
            turn.remove(clock);
        } else if (clock != null) {
            turn.replace(clock, clock.keptUntil(until));
        } else if (turn.tenant().flips().hasBegun(rate, at)) {
            Stretch stretch = Stretch.started(at, at);
            begin(Clock.started(rule, "", stretch).keptUntil(until));
        }
    }

    private void letGoWhatHasNoRule() {
        for (Clock clock : turn.clocks()) {
            if (turn.ruleOf(clock) == null) {
                turn.remove(clock);
                if (clock.isFiring()) {
                    ended.add(new TenantTurn.Ended(clock, ResolveReason.RULE_REMOVED));
                }
            }
        }
    }

    /** The condition goes on: with another severity, or pending again where the rule now asks for more. */
    private void keep(Clock before, Clock kept, Rule rule) {
        if (kept.isFiring() && kept.deadline(rule).isAfter(at)) {
            Clock pending = kept.pendingAgain();
            turn.replace(before, pending.withSeverity(rule.severity()));
            turn.say(kept, rule, Transition.Status.RESOLVED, Speech.Instants.both(at), ResolveReason.RULE_CHANGED);
            turn.sayIncident(at);
            return;
        }
        Clock now = kept.withSeverity(rule.severity());
        turn.replace(before, now);
        if (kept.severity() != rule.severity() && now.isFiring()) {
            turn.weigh(now);
            turn.say(now, rule, Transition.Status.UPDATED, Speech.Instants.both(at), null);
            turn.sayIncident(at);
        }
    }

    private void letGo(Clock clock, Rule rule) {
        if (!clock.isFiring()) {
            turn.remove(clock);
        } else if (rule.keepFiring().isZero()) {
            ended.add(new TenantTurn.Ended(clock, null));
        } else if (clock.keepUntil() == null) {
            turn.replace(clock, clock.keptUntil(at.plus(rule.keepFiring())));
        }
    }
}
