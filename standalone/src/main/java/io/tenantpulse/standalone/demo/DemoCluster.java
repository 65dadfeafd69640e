package io.tenantpulse.standalone.demo;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** One simulated cluster: its objects, its world, its operator. Deterministic by seed; not thread-safe. */
final class DemoCluster {
    private static final int HISTORY_PER_KIND = 3_000;
    private static final int NODES = 4;
    private static final int TRIAL_PODS = 12;

    private final String name;
    private final ObjectStore store;
    private final World world;
    private final Operator operator;
    private final RegistryWriter registries;
    private final Truths truths;
    private final List<Blueprint> blueprints = Blueprints.all();
    private boolean noisy;
    private Instant now;

    DemoCluster(String name, Dialect dialect, long seed, Instant start) {
        this.name = name;
        now = start;
        Random random = new Random(seed * 31 + name.hashCode());
        store = new ObjectStore(() -> now, random, HISTORY_PER_KIND);
        store.install(Kinds.BUILT_IN);
        store.install(dialect.types());
        world = new World(store, random, start);
        namespaces().forEach(this::addNamespace);
        world.nodes().add(NODES);
        world.volumes().addClass("fast", false);
        world.volumes().addClass("local", true);
        store.create(
                Kinds.QUOTA,
                Json.object(
                        "metadata",
                        Json.object("name", "pods", "namespace", "trial"),
                        "spec",
                        Json.object("hard", Json.object("pods", Integer.toString(TRIAL_PODS)))),
                "kubectl");
        operator = new Operator(world, dialect, random);
        registries = new RegistryWriter(world, operator, blueprints);
        truths = new Truths(name, world);
    }

    private List<String> namespaces() {
        List<String> names = new ArrayList<>(List.of("default", "kube-system", "crm-config"));
        blueprints.stream().map(Blueprint::namespace).distinct().forEach(names::add);
        return names;
    }

    private void addNamespace(String namespace) {
        store.create(
                Kinds.NAMESPACE,
                Json.object(
                        "metadata",
                        Json.object("name", namespace, "labels", Json.object("kubernetes.io/metadata.name", namespace)),
                        "spec",
                        Json.object("finalizers", Json.array("kubernetes")),
                        "status",
                        Json.object("phase", "Active")),
                "kubectl");
    }

    /** Moves everything to an instant: one second on, or a leap over time in which nothing happens. */
    void step(Instant to) {
        now = to;
        world.step(to);
        operator.step(world.takeChanged());
        registries.step(noisy);
    }

    void noisy(boolean on) {
        noisy = on;
        operator.noisy(on);
    }

    Blueprint blueprint(String named) {
        return blueprints.stream()
                .filter(blueprint -> blueprint.name().equals(named))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("the demo has no template " + named));
    }

    void publish(Blueprint blueprint) {
        registries.publish(blueprint);
    }

    String name() {
        return name;
    }

    Instant now() {
        return now;
    }

    ObjectStore store() {
        return store;
    }

    World world() {
        return world;
    }

    Operator operator() {
        return operator;
    }

    /** What is wrong with each tenant now. */
    List<Truth> truth() {
        return operator.tenants().stream()
                .filter(tenant -> tenant.leaving == null)
                .map(truths::of)
                .toList();
    }

    /** Whether nothing is wrong with the tenant, and it stays. */
    boolean isWell(SimTenant tenant) {
        return tenant.leaving == null && truths.of(tenant).roots().isEmpty();
    }
}
