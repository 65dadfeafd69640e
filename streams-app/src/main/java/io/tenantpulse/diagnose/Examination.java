package io.tenantpulse.diagnose;

import io.tenantpulse.model.Dependency;
import io.tenantpulse.model.Readiness;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Examines every resource of a tenant: how it stands, whom it waits for, and what was found wrong with it. */
final class Examination {
    /** What was found of one resource; findings are there only where it is not ready. */
    record Examined(ResourceHealth health, List<Finding> findings) {}

    final Reading reading;
    final DependencyGraph graph;
    final Blockage blockage;
    final TenantReading tenant;
    final List<Examined> resources = new ArrayList<>();
    private final List<Blockage.Blocker> blockers;
    private final boolean valid;
    private final Map<String, Finding> conflicts;
    private final Map<String, Finding> unrendered;
    private final ResourceReading objects;

    Examination(Reading reading, DependencyGraph graph) {
        this.reading = reading;
        this.graph = graph;
        this.valid = graph.isValid();
        this.tenant = new TenantReading(reading);
        this.conflicts = tenant.conflicts();
        this.unrendered = tenant.unrendered();
        this.objects = new ResourceReading(reading);
        Set<String> unready = new HashSet<>();
        for (Dependency each : reading.view().dependencies()) {
            boolean held = DependencyGraph.holdsBack(each, !isProvenAbsent(each), readiness(each));
            if (held || conflicts.containsKey(DependencyGraph.idOf(each))) {
                unready.add(DependencyGraph.idOf(each));
            }
        }
        this.blockage = graph.blockage(unready::contains);
        for (Dependency each : reading.view().dependencies()) {
            resources.add(examine(each));
        }
        this.blockers = ordered();
    }

    /** Secrets are not watched: one is ready when it was applied, otherwise nothing is known of it. */
    private Readiness readiness(Dependency dependency) {
        if (isSecret(dependency)) {
            return reading.view().facts().isApplied(dependency.id()) ? Readiness.READY : Readiness.UNKNOWN;
        }
        SeenObject object = reading.tree().find(dependency.object());
        if (object == null) {
            return isProvenAbsent(dependency) ? Readiness.NOT_READY : Readiness.UNKNOWN;
        }
        return dependency.once() ? Readiness.READY : object.readiness();
    }

    private static boolean isSecret(Dependency dependency) {
        return dependency.object().kindName().equals("Secret");
    }

    private boolean isProvenAbsent(Dependency dependency) {
        return !isSecret(dependency)
                && !dependency.object().name().isEmpty()
                && reading.tree().find(dependency.object()) == null
                && (reading.view().kinds().of(dependency.object().kindName()) == KindSight.Sight.LIVE
                        || reading.view().absent().containsKey(DependencyGraph.idOf(dependency)));
    }

    private Examined examine(Dependency dependency) {
        String id = DependencyGraph.idOf(dependency);
        SeenObject object = isSecret(dependency) ? null : reading.tree().find(dependency.object());
        Finding conflict = conflicts.get(id);
        Readiness readiness = readiness(dependency);
        if (conflict != null) {
            return examined(dependency, object, ResourceHealth.State.FAILED, List.of(conflict));
        }
        if (readiness == Readiness.UNKNOWN) {
            return examined(dependency, object, ResourceHealth.State.UNKNOWN, List.of());
        }
        if (readiness == Readiness.READY) {
            boolean ending = object != null && object.isBeingDeleted();
            ResourceHealth.State state = ending ? ResourceHealth.State.TERMINATING : ResourceHealth.State.READY;
            return examined(dependency, object, state, List.of());
        }
        boolean behind = blockage.isBehind(id);
        if (object == null) {
            boolean held = behind || !valid;
            List<Finding> findings = held ? List.of() : List.of(tenant.absent(dependency, unrendered));
            ResourceHealth.State state = held ? ResourceHealth.State.WAITING : ResourceHealth.State.MISSING;
            return examined(dependency, null, state, findings);
        }
        List<Finding> findings = objects.read(dependency, object);
        return examined(dependency, object, state(dependency, object, behind, findings.get(0)), findings);
    }

    private ResourceHealth.State state(Dependency dependency, SeenObject object, boolean behind, Finding first) {
        if (object.isBeingDeleted()) {
            return ResourceHealth.State.TERMINATING;
        }
        if (behind && first.word().followsDependency()) {
            return ResourceHealth.State.WAITING;
        }
        if (first.failed()) {
            return ResourceHealth.State.FAILED;
        }
        boolean inTime = first.word().nature() != CauseWord.Nature.STALL
                && !timeLeft(dependency, object).isZero();
        return inTime || first.word() == CauseWord.STARTING
                ? ResourceHealth.State.PROGRESSING
                : ResourceHealth.State.STALLED;
    }

    private Examined examined(
            Dependency dependency, @Nullable SeenObject object, ResourceHealth.State state, List<Finding> findings) {
        String id = DependencyGraph.idOf(dependency);
        boolean waits = state == ResourceHealth.State.WAITING;
        String reason = findings.isEmpty()
                ? waits ? CauseWord.DEPENDENCY_WAIT.word() : null
                : findings.get(0).word().word();
        boolean open = state != ResourceHealth.State.READY && state != ResourceHealth.State.UNKNOWN;
        List<SeenObject> pods = reading.tree().below(dependency).stream()
                .filter(each -> each.isA("Pod"))
                .toList();
        ResourceHealth health = new ResourceHealth(
                id,
                dependency,
                state,
                reason,
                object == null ? (open ? reading.startOf(null) : null) : object.since(),
                open && object != null && object.regressed(),
                dependency.waitForReady(),
                open ? timeLeft(dependency, object) : Duration.ZERO,
                object,
                pods,
                waits ? blockage.chain(id) : List.of());
        return new Examined(health, findings);
    }

    private Duration timeLeft(Dependency dependency, @Nullable SeenObject object) {
        Instant start = object == null ? reading.startOfAbsent(dependency) : reading.startOf(object);
        if (start == null) {
            return Duration.ZERO;
        }
        Duration left = Duration.between(reading.now().instant(), start.plus(dependency.timeout()));
        return left.isNegative() ? Duration.ZERO : left;
    }

    /**
     * Blockers that can be mended, the one that holds back the most first; of those that hold back as much, what will not
     * mend itself first. With an invalid spec nothing is applied, so what is absent is not to blame.
     */
    List<Blockage.Blocker> blockers() {
        return blockers;
    }

    private List<Blockage.Blocker> ordered() {
        Set<String> existing = new HashSet<>();
        Set<String> failed = new HashSet<>();
        for (Examined each : resources) {
            if (each.health().object() != null) {
                existing.add(each.health().id());
            }
            if (each.health().state() == ResourceHealth.State.FAILED) {
                failed.add(each.health().id());
            }
        }
        return blockage.blockers().stream()
                .filter(each -> valid || existing.contains(each.id()))
                .sorted(Comparator.comparingInt(Blockage.Blocker::held)
                        .reversed()
                        .thenComparing(each -> !failed.contains(each.id()))
                        .thenComparing(Blockage.Blocker::id))
                .toList();
    }
}
