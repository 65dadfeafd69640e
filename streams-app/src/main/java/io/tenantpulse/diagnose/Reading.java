package io.tenantpulse.diagnose;

import io.tenantpulse.model.Dependency;
import io.tenantpulse.model.ObjectId;
import io.tenantpulse.model.Warning;
import java.time.Instant;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** A tenant under examination at one instant. */
record Reading(TenantView view, ObjectTree tree, Moment now) {
    static Reading of(TenantView view, Instant now) {
        Moment moment = new Moment(now);
        if (view.warningsUntil() != null) {
            moment.isBefore(view.warningsUntil());
        }
        return new Reading(view, new ObjectTree(view), moment);
    }

    /**
     * When the time that the resource has to become ready began: with its creation, or when the operator last set out to
     * apply the tenant; for what was ready before, when it lost that.
     */
    @Nullable
    Instant startOf(@Nullable SeenObject object) {
        if (object != null && object.regressed()) {
            return object.since();
        }
        Instant start =
                later(view.facts().applyStartTime(), object == null ? view.generationSince() : object.createdAt());
        if (object == null) {
            return start == null ? view.facts().createdAt() : start;
        }
        return start == null ? object.since() : start;
    }

    /**
     * When the time began that the operator has to create a resource that does not exist: not while that waited for another.
     */
    @Nullable
    Instant startOfAbsent(Dependency dependency) {
        return later(startOf(null), view.absent().get(DependencyGraph.idOf(dependency)));
    }

    /** Whether the resource still has time to become ready; what is not dated has not. */
    boolean isWithinTimeout(Dependency dependency, @Nullable Instant start) {
        return start != null && now.isBefore(start.plus(dependency.timeout()));
    }

    /** The newest warning about the object that passes; null: none. */
    @Nullable
    Warning warning(ObjectId object, Predicate<Warning> passes) {
        return first(tree.warningsOf(object), passes);
    }

    @Nullable
    Warning warning(SeenObject object, Predicate<Warning> passes) {
        return first(tree.warningsOf(object), passes);
    }

    private static @Nullable Warning first(List<Warning> warnings, Predicate<Warning> passes) {
        for (Warning each : warnings) {
            if (passes.test(each)) {
                return each;
            }
        }
        return null;
    }

    static @Nullable Instant later(@Nullable Instant one, @Nullable Instant other) {
        if (one == null || other == null) {
            return one == null ? other : one;
        }
        return one.isAfter(other) ? one : other;
    }
}
