package io.tenantpulse.standalone.demo;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/** A simulated operator: makes tenants of a database's rows, applies their resources, and counts as its dialect counts. */
final class Operator {
    private static final Duration FULL_EVERY = Duration.ofMinutes(10);
    private static final Duration NEWS_EVERY = Duration.ofMinutes(1);
    private static final int DELETION_SECONDS = 4;

    private final World world;
    private final Dialect dialect;
    private final Random random;
    private final Applier applier;
    private final TenantStatus statuses;
    private final Map<String, SimTenant> tenants = new LinkedHashMap<>();
    private boolean noisy;

    Operator(World world, Dialect dialect, Random random) {
        this.world = world;
        this.dialect = dialect;
        this.random = random;
        applier = new Applier(world, dialect);
        statuses = new TenantStatus(dialect);
    }

    Dialect dialect() {
        return dialect;
    }

    Collection<SimTenant> tenants() {
        return tenants.values();
    }

    Optional<SimTenant> tenant(String namespace, String name) {
        return Optional.ofNullable(tenants.get(namespace + "/" + name));
    }

    /** Before a demo opens its doors the operator writes only what changed: nobody sees the noise, so nobody pays for it. */
    void noisy(boolean on) {
        noisy = on;
    }

    SimTenant add(String uid, Blueprint blueprint) {
        SimTenant tenant = new SimTenant(uid, blueprint, world.now());
        tenants.put(tenant.namespace() + "/" + tenant.name(), tenant);
        return tenant;
    }

    /** Lets the operator see at once what somebody changed in the database. */
    void nudge(SimTenant tenant) {
        tenant.nextReconcile = world.now().plusSeconds(1);
    }

    void remove(SimTenant tenant) {
        tenant.leaving = world.now();
        tenant.troubles.clear();
        object(tenant).ifPresent(object -> {
            Json.child(object, "metadata")
                    .put("deletionTimestamp", Json.time(world.now()))
                    .put("deletionGracePeriodSeconds", 0);
            world.store().update(dialect.tenant(), object, dialect.manager());
        });
    }

    void step(Collection<String> changed) {
        if (!changed.isEmpty()) {
            tenants.values().forEach(tenant -> noticeChanges(tenant, changed));
        }
        for (SimTenant tenant : List.copyOf(tenants.values())) {
            if (tenant.leaving != null) {
                if (world.now().isAfter(tenant.leaving.plusSeconds(DELETION_SECONDS))) {
                    bury(tenant);
                }
            } else if (!tenant.nextReconcile.isAfter(world.now())) {
                reconcile(tenant);
            }
        }
    }

    private void noticeChanges(SimTenant tenant, Collection<String> changed) {
        Instant soon = world.now().plusSeconds(1 + Math.floorMod(tenant.uid.hashCode(), 3));
        boolean concerned =
                tenant.nextReconcile.isAfter(soon) && changed.stream().anyMatch(tenant.objects::contains);
        if (concerned) {
            tenant.nextReconcile = soon;
        }
    }

    private void reconcile(SimTenant tenant) {
        ObjectNode object = writeObject(tenant);
        long periodMillis = dialect.reconcileEvery().toMillis();
        long jitterMillis = random.nextInt(4_000) - 2_000L;
        tenant.nextReconcile = world.now()
                .plusMillis(noisy ? periodMillis + jitterMillis : Math.max(periodMillis, 30_000) + jitterMillis);
        if (tenant.neglected) {
            return;
        }
        if (!tenant.welcomed) {
            tenant.welcomed = true;
            tenant.nextReconcile = world.now().plusSeconds(3);
            writeStatus(tenant, statuses.starting(object, world.now()));
            return;
        }
        Outcome outcome = tenant.extraBroken ? Outcome.withoutVariables() : walk(tenant, object);
        if (noisy) {
            Collections.shuffle(outcome.applied, random);
        }
        ObjectNode status = statuses.of(outcome, object, world.now());
        if (dialect == Dialect.LYNQ && outcome.isCounted()) {
            if (tenant.lastFull == null || !world.now().isBefore(tenant.lastFull.plus(FULL_EVERY))) {
                tenant.lastFull = world.now();
            }
            status.put("lastFullReconcileAt", Json.time(tenant.lastFull));
        }
        writeStatus(tenant, status);
    }

    private Outcome walk(SimTenant tenant, ObjectNode object) {
        Outcome outcome = new Outcome();
        DependencyOrder order = DependencyOrder.of(tenant.blueprint.parts());
        outcome.dependencyError = order.error();
        outcome.desired = order.parts().size();
        boolean tell = !world.now().isBefore(tenant.nextNews);
        for (Part part : order.parts()) {
            outcome.applied.add("%s/%s/%s@%s"
                    .formatted(
                            part.type().kind(),
                            part.namespaceFor(tenant.namespace()),
                            part.nameFor(tenant.uid),
                            part.id()));
            if (!held(tenant, part, outcome, tell)) {
                apply(tenant, object, part, outcome, tell);
            }
        }
        if (tell) {
            tenant.nextNews = world.now().plus(NEWS_EVERY);
        }
        return outcome;
    }

    /** Lynq only: what depends on something failed is skipped, what depends on something slow waits without a word. */
    private boolean held(SimTenant tenant, Part part, Outcome outcome, boolean tell) {
        if (!dialect.holdsDependents()) {
            return false;
        }
        for (String needed : part.dependIds()) {
            if (outcome.failed.contains(needed) || outcome.skipped.contains(needed)) {
                outcome.skipped.add(part.id());
                if (tell) {
                    warn(
                            tenant,
                            "DependencySkipped",
                            "Resource '%s' skipped because dependency '%s' failed. Set skipOnDependencyFailure=false to create anyway."
                                    .formatted(part.id(), needed));
                }
                return true;
            }
        }
        return !outcome.ready.containsAll(part.dependIds());
    }

    private void apply(SimTenant tenant, ObjectNode object, Part part, Outcome outcome, boolean tell) {
        String refusal = dialect.refusesUnrendered() ? Rendering.refusal(tenant, part) : null;
        if (refusal != null) {
            outcome.failed.add(part.id());
            outcome.unrendered.add(part.id());
            if (tell) {
                warn(tenant, "TemplateRenderError", "Failed to render resource %s: %s".formatted(part.id(), refusal));
            }
            return;
        }
        if (!applier.apply(tenant, object, part)) {
            outcome.failed.add(part.id());
            outcome.conflicted.add(part.id());
            return;
        }
        ObjectNode applied = world.store()
                .peek(part.type(), part.namespaceFor(tenant.namespace()), part.nameFor(tenant.uid))
                .orElseThrow();
        if (!part.waitForReady() || OperatorReadiness.ready(part.type(), applied)) {
            outcome.ready.add(part.id());
            return;
        }
        Duration waited = Duration.between(tenant.applyStart.getOrDefault(part.id(), world.now()), world.now());
        if (dialect.failsAfterTimeout() && waited.toSeconds() > part.timeoutSeconds()) {
            outcome.failed.add(part.id());
            if (tell) {
                warn(
                        tenant,
                        "ReadinessTimeout",
                        "Resource '%s' not ready after %dm%ds (timeout: %dm%ds)"
                                .formatted(
                                        part.id(),
                                        waited.toMinutes(),
                                        waited.toSecondsPart(),
                                        part.timeoutSeconds() / 60,
                                        part.timeoutSeconds() % 60));
            }
        }
    }

    private ObjectNode writeObject(SimTenant tenant) {
        Optional<ObjectNode> existing = world.store().peek(dialect.tenant(), tenant.namespace(), tenant.name());
        if (existing.isPresent() && tenant.writtenRow == tenant.row()) {
            return existing.get();
        }
        ObjectNode wanted = TenantObjects.tenant(dialect, tenant, registryOf(tenant));
        if (existing.isEmpty()) {
            return world.store().create(dialect.tenant(), wanted, dialect.manager());
        }
        tenant.writtenRow = tenant.row();
        Json.child(wanted, "metadata").set("finalizers", Json.array(dialect.tenantFinalizer()));
        return world.store().update(dialect.tenant(), wanted, dialect.manager());
    }

    private ObjectNode registryOf(SimTenant tenant) {
        return world.store()
                .peek(dialect.registry(), tenant.namespace(), tenant.blueprint.registry())
                .orElseThrow();
    }

    private void writeStatus(SimTenant tenant, ObjectNode status) {
        if (!tenant.statusDropped) {
            world.store().updateStatus(dialect.tenant(), tenant.namespace(), tenant.name(), status, dialect.manager());
        }
    }

    private void bury(SimTenant tenant) {
        tenants.remove(tenant.namespace() + "/" + tenant.name());
        List<Part> elsewhere = new ArrayList<>(tenant.blueprint.parts());
        elsewhere.removeIf(part -> part.targetNamespace().isEmpty());
        elsewhere.forEach(
                part -> world.garbage().delete(part.type(), part.targetNamespace(), part.nameFor(tenant.uid)));
        world.garbage().delete(dialect.tenant(), tenant.namespace(), tenant.name());
    }

    private Optional<ObjectNode> object(SimTenant tenant) {
        return world.store().get(dialect.tenant(), tenant.namespace(), tenant.name());
    }

    private void warn(SimTenant tenant, String reason, String message) {
        world.events()
                .write(
                        dialect.tenant(),
                        tenant.namespace(),
                        tenant.name(),
                        EventWriter.News.warning(reason, message, dialect.controller()));
    }
}
