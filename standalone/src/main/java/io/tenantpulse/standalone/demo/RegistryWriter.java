package io.tenantpulse.standalone.demo;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Keeps the status of registries and templates, tenant-operator with as much ado as the real one. */
final class RegistryWriter {
    private static final Duration QUIET = Duration.ofSeconds(30);

    private final World world;
    private final Operator operator;
    private final List<Blueprint> blueprints;
    private Instant nextRegistries;
    private Instant nextTemplates;

    RegistryWriter(World world, Operator operator, List<Blueprint> blueprints) {
        this.world = world;
        this.operator = operator;
        this.blueprints = blueprints;
        nextRegistries = world.now();
        nextTemplates = world.now();
        Dialect dialect = operator.dialect();
        for (Blueprint blueprint : blueprints) {
            world.store()
                    .create(
                            dialect.registry(),
                            TenantObjects.registry(dialect, blueprint),
                            "kubectl-client-side-apply");
            world.store()
                    .create(
                            dialect.template(),
                            TenantObjects.template(dialect, blueprint),
                            "kubectl-client-side-apply");
        }
    }

    void step(boolean noisy) {
        boolean ado = noisy && operator.dialect() == Dialect.TENANT_OPERATOR;
        if (!nextRegistries.isAfter(world.now())) {
            nextRegistries = world.now().plus(ado ? Duration.ofSeconds(7) : QUIET);
            blueprints.forEach(blueprint -> writeRegistry(blueprint, ado));
        }
        if (!nextTemplates.isAfter(world.now())) {
            nextTemplates = world.now().plus(ado ? Duration.ofSeconds(9) : QUIET);
            blueprints.forEach(blueprint -> writeTemplate(blueprint, ado));
        }
    }

    /** Publishes a new state of a template; the operator hands it to its tenants one after the other. */
    void publish(Blueprint blueprint) {
        Dialect dialect = operator.dialect();
        world.store()
                .update(dialect.template(), TenantObjects.template(dialect, blueprint), "kubectl-client-side-apply");
    }

    private void writeRegistry(Blueprint blueprint, boolean ado) {
        Dialect dialect = operator.dialect();
        long desired = of(blueprint).size();
        long ready = ready(blueprint);
        ObjectNode before = world.store()
                .peek(dialect.registry(), blueprint.namespace(), blueprint.registry())
                .orElseThrow();
        ObjectNode status = Json.object("observedGeneration", 1, "referencingTemplates", 1);
        put(status, "desired", desired);
        put(status, "ready", ready);
        put(status, "failed", desired - ready);
        status.set(
                "conditions",
                fresh(before, ado)
                        .operator(
                                "Ready",
                                true,
                                "DatabaseConnected",
                                "Successfully connected to database and queried " + dialect.noun() + " data")
                        .all());
        world.store()
                .updateStatus(
                        dialect.registry(), blueprint.namespace(), blueprint.registry(), status, dialect.manager());
    }

    private void writeTemplate(Blueprint blueprint, boolean ado) {
        Dialect dialect = operator.dialect();
        long total = of(blueprint).size();
        long ready = ready(blueprint);
        ObjectNode before = world.store()
                .peek(dialect.template(), blueprint.namespace(), blueprint.name())
                .orElseThrow();
        ObjectNode status =
                Json.object("observedGeneration", before.path("metadata").path("generation"));
        put(status, "total" + dialect.countSuffix(), total);
        put(status, "ready" + dialect.countSuffix(), ready);
        String error = DependencyOrder.of(blueprint.parts()).error();
        Conditions conditions = fresh(before, ado);
        if (error.isEmpty()) {
            conditions.operator("Valid", true, "ValidationPassed", "Template validation passed");
        } else {
            conditions.operator(
                    "Valid",
                    false,
                    "ValidationFailed",
                    "Validation errors: [Dependency validation failed: " + error + "]");
        }
        String nouns = dialect.plural();
        String all = dialect.countSuffix();
        if (total == 0) {
            conditions.operator("Applied", false, "No" + all, "No " + nouns + " using this template");
        } else if (ready == total) {
            conditions.operator("Applied", true, "All" + all + "Ready", "All %d %s ready".formatted(total, nouns));
        } else {
            conditions.operator(
                    "Applied", false, "NotAll" + all + "Ready", "%d/%d %s ready".formatted(ready, total, nouns));
        }
        status.set("conditions", conditions.all());
        world.store()
                .updateStatus(dialect.template(), blueprint.namespace(), blueprint.name(), status, dialect.manager());
    }

    /** tenant-operator rewrites the times of unchanged conditions each time. */
    private Conditions fresh(ObjectNode before, boolean ado) {
        return new Conditions(ado ? Json.object() : before.path("status"), world.now());
    }

    private List<SimTenant> of(Blueprint blueprint) {
        return operator.tenants().stream()
                .filter(tenant -> tenant.blueprint == blueprint)
                .toList();
    }

    private long ready(Blueprint blueprint) {
        return of(blueprint).stream()
                .filter(tenant -> world.store()
                        .peek(operator.dialect().tenant(), tenant.namespace(), tenant.name())
                        .filter(object -> Conditions.isTrue(object.path("status"), "Ready"))
                        .isPresent())
                .count();
    }

    private static void put(ObjectNode status, String name, long value) {
        if (value > 0) {
            status.put(name, value);
        }
    }
}
