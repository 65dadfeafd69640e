package io.tenantpulse.detect;

import io.tenantpulse.diagnose.Cause;
import io.tenantpulse.diagnose.Diagnosis;
import io.tenantpulse.model.Condition;
import io.tenantpulse.model.Counts;
import io.tenantpulse.model.TenantFacts;
import io.tenantpulse.trends.CommonCause;
import io.tenantpulse.trends.Health;
import io.tenantpulse.trends.Standing;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** How a tenant is counted, by what is remembered of it. */
final class Standings {
    /** What is slow for less is not asked for its cause; a surge is told after three minutes. */
    static final Duration FIRST_LOOK = Duration.ofSeconds(90);

    /** An operator that has not touched a new generation by then never will: status is checked anew every 30 s to 5 min. */
    private static final Duration CATCH_UP = Duration.ofMinutes(6);

    private Standings() {}

    /**
     * @param before null: it was not counted yet
     * @param continuity of what was seen of it since it was counted so
     */
    static Standing next(@Nullable Standing before, TenantState tenant, Instant at, Continuity continuity) {
        boolean begins = continuity.isBegin();
        TenantFacts facts = tenant.facts();
        Health health = health(tenant);
        boolean unhealthy = health.isUnhealthy();
        Instant since = before == null ? null : before.unhealthySince();
        if (unhealthy && since == null) {
            since = began(tenant, at);
        }
        Instant rollout = begins ? at : before == null ? null : before.rollout();
        boolean unsettled = !begins && before != null && before.unsettled();
        if (rollout != null && !unsettled && rollout.plus(CATCH_UP).isBefore(at)) {
            rollout = null;
        }
        if (rollout != null && health == Health.HEALTHY && unsettled) {
            rollout = null;
        }
        unsettled = rollout != null && (unsettled || health != Health.HEALTHY);
        boolean timed = begins
                ? continuity == Continuity.BEGINS
                : before != null && before.timed() && continuity != Continuity.BROKEN;
        boolean known = unhealthy && before != null && before.unhealthySince() != null;
        return new Standing(
                health,
                text(facts.registry()),
                text(facts.template()),
                facts.templateGeneration(),
                notReadyByKind(tenant.own()),
                unhealthy ? since : null,
                known ? before.cause() : null,
                !unhealthy ? null : known ? before.causeDue() : at.plus(FIRST_LOOK),
                rollout,
                unsettled,
                rollout != null && timed,
                rollout == null || before == null ? null : rolledOut(before, facts));
    }

    /** What was unhealthy before was not made so by another generation, least of all by the one that mends it. */
    private static @Nullable Long rolledOut(Standing before, TenantFacts facts) {
        if (!before.template().equals(text(facts.template()))) {
            return null;
        }
        Long was = before.templateGeneration();
        Long now = facts.templateGeneration();
        boolean another = was != null && now != null && !was.equals(now) && before.unhealthySince() == null;
        return another ? now : before.rolledOut();
    }

    /** How long a tenant took to become healthy, if it did just now and all of it was seen; or null. */
    static @Nullable Duration timeToReady(
            @Nullable Standing before, Standing after, Instant at, Continuity continuity) {
        boolean arrived = before != null
                && before.timed()
                && continuity.isSeen()
                && before.rollout() != null
                && before.unsettled()
                && after.rollout() == null
                && after.health() == Health.HEALTHY;
        return arrived ? Duration.between(Objects.requireNonNull(before.rollout()), at) : null;
    }

    /** A condition that was found at first sight began earlier. */
    private static Instant began(TenantState tenant, Instant at) {
        Instant earliest = at;
        for (Clock clock : tenant.clocks()) {
            boolean ended = clock.keepUntil() != null;
            earliest = !ended && clock.since().isBefore(earliest) ? clock.since() : earliest;
        }
        return earliest;
    }

    static Health health(TenantState tenant) {
        if (tenant.undecodableSince() != null) {
            return Health.BLIND;
        }
        TenantFacts facts = tenant.facts();
        Counts counts = facts.counts();
        String ready = status(facts, "Ready");
        boolean progresses = "True".equals(status(facts, "Progressing")) || facts.deletionTimestamp() != null;
        boolean failed = counts != null && counts.failed() > 0;
        boolean mismatch = counts != null && counts.desired() > 0 && counts.ready() != counts.desired();
        boolean mismatched = mismatch || tenant.own().isBad();
        boolean degraded = "True".equals(status(facts, "Degraded"));
        boolean said = ready != null || progresses || failed || mismatched || degraded;
        if ("Unknown".equals(ready) || !said) {
            return Health.UNKNOWN;
        }
        if (failed) {
            return Health.FAILED;
        }
        if (mismatched) {
            return Health.MISMATCHED;
        }
        if ("False".equals(ready) || degraded) {
            return Health.NOT_READY;
        }
        Long seen = facts.observedGeneration();
        boolean lags = seen != null && facts.generation() != null && seen < facts.generation();
        return progresses || lags ? Health.PROGRESSING : Health.HEALTHY;
    }

    private static @Nullable String status(TenantFacts facts, String type) {
        Condition condition = facts.condition(type);
        return condition == null ? null : condition.status();
    }

    private static TreeMap<String, Integer> notReadyByKind(Own own) {
        TreeMap<String, Integer> kinds = new TreeMap<>();
        for (NotReady each : own.unready()) {
            if (each.required() && each.kind() != null) {
                kinds.merge(each.kind(), 1, Integer::sum);
            }
        }
        return kinds;
    }

    private static String text(@Nullable String name) {
        return name == null ? "" : name;
    }

    /** Diagnosed for what it has in common with others; the longer it lasts, the more rarely it is looked at again. */
    static Standing explained(Standing before, Diagnosis why, Instant at) {
        List<Cause> causes = why.causes();
        String cause = causes.isEmpty()
                ? before.cause()
                : new CommonCause(causes.get(0).word().word(), causes.get(0).subject()).key();
        return before.explained(cause, later(before, at));
    }

    /** When it is to be looked at next. */
    static Instant later(Standing before, Instant at) {
        Instant since = before.unhealthySince() == null ? at : before.unhealthySince();
        Duration age = Duration.between(since, at);
        return at.plus(age.compareTo(FIRST_LOOK) < 0 ? FIRST_LOOK : age.multipliedBy(2));
    }

    /** Whether it is counted as before: nothing that it rests on is another object. */
    static boolean isSame(@Nullable TenantState before, TenantState after) {
        return before != null
                && before.standing() != null
                && before.facts() == after.facts()
                && before.own() == after.own()
                && Objects.equals(before.undecodableSince(), after.undecodableSince());
    }
}
