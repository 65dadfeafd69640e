package io.tenantpulse.diagnose;

import io.tenantpulse.model.Counts;
import io.tenantpulse.model.Readiness;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What was seen of how the operator of one cluster behaves: counters of looks at its tenants. They add up in any order, so
 * that every part of the log can count for itself.
 *
 * @param lynq looks at a LynqNode
 * @param observedGenerations the status had an observedGeneration
 * @param applyStarts the tenant had an apply-start-time, which only the newest versions write
 * @param skips the status named skipped resources
 * @param slowNotFailed a resource was not ready long after its timeout, and none counted as failed
 * @param slowFailed a resource was not ready long after its timeout, and some counted as failed
 * @param failedEarly some counted as failed while every resource had time left
 * @param silent resources were not ready, and no status was written for over a minute
 * @param createdEarly a dependent existed while its dependency had never been ready
 * @param heldBack a dependent did not exist while its dependency was not ready
 */
public record DialectEvidence(
        long tenants,
        long lynq,
        long observedGenerations,
        long applyStarts,
        long skips,
        long slowNotFailed,
        long slowFailed,
        long failedEarly,
        long silent,
        long createdEarly,
        long heldBack) {
    public static final DialectEvidence NONE = new DialectEvidence(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);

    /** Longer than the slowest recheck of any version. */
    private static final Duration LONG_AFTER = Duration.ofMinutes(6);

    private static final Duration SOON = Duration.ofMinutes(1);

    /** One look at a tenant. */
    public static DialectEvidence of(TenantView view, Diagnosis diagnosis, Instant now) {
        return new Look(view, diagnosis, now).evidence();
    }

    /** Of both. */
    public DialectEvidence plus(DialectEvidence other) {
        return new DialectEvidence(
                tenants + other.tenants,
                lynq + other.lynq,
                observedGenerations + other.observedGenerations,
                applyStarts + other.applyStarts,
                skips + other.skips,
                slowNotFailed + other.slowNotFailed,
                slowFailed + other.slowFailed,
                failedEarly + other.failedEarly,
                silent + other.silent,
                createdEarly + other.createdEarly,
                heldBack + other.heldBack);
    }

    /** Half of it, so that what is seen after an upgrade soon outweighs what was seen before. */
    public DialectEvidence faded() {
        return new DialectEvidence(
                tenants / 2,
                lynq / 2,
                observedGenerations / 2,
                applyStarts / 2,
                skips / 2,
                slowNotFailed / 2,
                slowFailed / 2,
                failedEarly / 2,
                silent / 2,
                createdEarly / 2,
                heldBack / 2);
    }

    /** Whether {@code status.observedGeneration} was ever seen. */
    public boolean writesObservedGeneration() {
        return observedGenerations > 0;
    }

    /** The dialect that the most was seen of; unknown while nothing decides. */
    public Dialect dialect() {
        long timeout = applyStarts + skips + slowFailed + heldBack;
        long fullPath = slowNotFailed + createdEarly;
        if (silent > fullPath && applyStarts + skips == 0) {
            return Dialect.BLOCKING;
        }
        if (timeout == fullPath) {
            return Dialect.UNKNOWN;
        }
        if (timeout > fullPath) {
            return Dialect.TIMEOUT;
        }
        return writesObservedGeneration() || failedEarly > 0 ? Dialect.MIXED : Dialect.FULL_PATH;
    }

    /** Looks at one tenant. */
    private static final class Look {
        private final TenantView view;
        private final Diagnosis diagnosis;
        private final Instant now;
        private final Map<String, ResourceHealth> byId = new HashMap<>();

        Look(TenantView view, Diagnosis diagnosis, Instant now) {
            this.view = view;
            this.diagnosis = diagnosis;
            this.now = now;
            diagnosis.resources().forEach(each -> byId.putIfAbsent(each.id(), each));
        }

        DialectEvidence evidence() {
            boolean clean = isClean();
            Counts counts = view.facts().counts();
            List<ResourceHealth> late =
                    diagnosis.resources().stream().filter(this::isOverdue).toList();
            boolean anyBad = diagnosis.resources().stream().anyMatch(this::isBad);
            boolean inTime = diagnosis.resources().stream()
                    .filter(this::isBad)
                    .noneMatch(each -> each.timeLeft().isZero());
            boolean failed = counts != null && counts.failed() > 0;
            boolean old = view.facts().createdAt() != null
                    && now.isAfter(view.facts().createdAt().plus(SOON));
            return new DialectEvidence(
                    1,
                    one(view.id().kind().equals("LynqNode")),
                    one(view.facts().observedGeneration() != null),
                    one(view.facts().applyStartTime() != null),
                    one(!view.facts().skippedIds().isEmpty()),
                    one(clean && counts != null && !failed && !late.isEmpty()),
                    one(clean && failed && !late.isEmpty()),
                    one(clean && failed && anyBad && inTime),
                    one(clean && counts == null && anyBad && old),
                    one(clean && diagnosis.resources().stream().anyMatch(this::isCreatedEarly)),
                    one(clean && diagnosis.resources().stream().anyMatch(this::isHeldBack)));
        }

        private static long one(boolean seen) {
            return seen ? 1 : 0;
        }

        /** What failed for other reasons than slowness says nothing about slowness. */
        private boolean isClean() {
            return view.undecodableSince() == null
                    && diagnosis.cycles().isEmpty()
                    && diagnosis.missing().isEmpty()
                    && diagnosis.causes().stream()
                            .noneMatch(each -> each.word() == CauseWord.CONFLICT
                                    || each.word() == CauseWord.TEMPLATE_ERROR
                                    || each.word() == CauseWord.OPERATOR_STALE);
        }

        private boolean isBad(ResourceHealth health) {
            SeenObject object = health.object();
            return health.required() && object != null && object.readiness() == Readiness.NOT_READY;
        }

        private boolean isOverdue(ResourceHealth health) {
            return isBad(health)
                    && health.timeLeft().isZero()
                    && health.since() != null
                    && now.isAfter(
                            health.since().plus(health.dependency().timeout()).plus(LONG_AFTER));
        }

        private boolean isCreatedEarly(ResourceHealth health) {
            return health.object() != null
                    && health.object().owned()
                    && health.dependency().dependIds().stream().anyMatch(this::wasNeverReady);
        }

        private boolean isHeldBack(ResourceHealth health) {
            return health.state() == ResourceHealth.State.WAITING
                    && health.object() == null
                    && health.dependency().dependIds().stream().anyMatch(this::wasNeverReady);
        }

        private boolean wasNeverReady(String id) {
            ResourceHealth health = byId.get(id);
            return health != null
                    && isBad(health)
                    && !health.dependency().once()
                    && !health.regressed()
                    && health.object() != null
                    && health.object().lastReadyAt() == null;
        }
    }
}
