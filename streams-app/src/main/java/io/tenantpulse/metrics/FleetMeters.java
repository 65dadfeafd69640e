package io.tenantpulse.metrics;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.tenantpulse.trends.ByHealth;
import io.tenantpulse.trends.Health;
import io.tenantpulse.trends.Scope;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * What clusters, registries and templates are like now: levels, not events. Each scope's figures have names of their own, so
 * that a sum over a name counts nothing twice. What has no tenants, alerts or incidents any more, or is no longer ours, has
 * no series. Thread-safe.
 */
public final class FleetMeters {
    private static final String PREFIX = "tenantpulse.";

    private final Map<Scope.Level, Rows> tenants = new HashMap<>();
    private final Map<Scope.Level, Rows> shares = new HashMap<>();
    private final Map<Scope.Level, Rows> alerts = new HashMap<>();
    private final Map<Scope.Level, Rows> incidents = new HashMap<>();
    private final Set<Scope> counted = new HashSet<>();
    private final Map<Integer, Map<String, Part>> firing = new HashMap<>();
    private final Map<Integer, Map<String, Part>> open = new HashMap<>();

    /**
     * What an alert or an incident is part of.
     *
     * @param alert its name; empty for an incident
     * @param namespace null: it speaks of a cluster
     * @param registry null: none is known
     * @param template null: none is known
     */
    public record Part(
            String alert,
            String cluster,
            @Nullable String namespace,
            @Nullable String registry,
            @Nullable String template) {

        private void forEachScope(BiConsumer<Scope.Level, Tags> visitor) {
            visitor.accept(Scope.Level.CLUSTER, tags(Scope.cluster(cluster)));
            if (namespace != null && registry != null) {
                visitor.accept(Scope.Level.REGISTRY, tags(Scope.registry(cluster, namespace, registry)));
            }
            if (namespace != null && template != null) {
                visitor.accept(Scope.Level.TEMPLATE, tags(Scope.template(cluster, namespace, template)));
            }
        }
    }

    public FleetMeters(MeterRegistry registry) {
        for (Scope.Level level : new Scope.Level[] {Scope.Level.CLUSTER, Scope.Level.REGISTRY, Scope.Level.TEMPLATE}) {
            String of = PREFIX + level.word() + '.';
            tenants.put(
                    level,
                    new Rows(
                            registry,
                            of + "tenants",
                            "Tenants by how they stood at the end of the last minute's window"));
            shares.put(
                    level,
                    new Rows(
                            registry,
                            of + "unhealthy.ratio",
                            "Share of the unhealthy in the tenants that can be judged, at the end of the last minute's"
                                    + " window, 0 to 1"));
            alerts.put(level, new Rows(registry, of + "alerts.firing", "Alerts that fire"));
            incidents.put(level, new Rows(registry, of + "incidents.open", "Incidents of tenants that go on"));
        }
    }

    /** How the tenants of a scope stood at the end of its last window; without tenants it has no series. */
    public synchronized void tenants(Scope scope, ByHealth levels) {
        Rows states = tenants.get(scope.level());
        Rows share = shares.get(scope.level());
        if (states == null || share == null) {
            return;
        }
        Tags tags = tags(scope);
        if (levels.total() == 0) {
            forget(scope);
            counted.remove(scope);
            return;
        }
        counted.add(scope);
        for (Health health : Health.values()) {
            states.set(tags.and("state", health.word()), levels.of(health));
        }
        share.set(tags, levels.unhealthyShare());
    }

    /** The trends are no longer ours. */
    public synchronized void tenantsReleased() {
        counted.forEach(this::forget);
        counted.clear();
    }

    private void forget(Scope scope) {
        Tags tags = tags(scope);
        for (Health health : Health.values()) {
            tenants.get(scope.level()).remove(tags.and("state", health.word()));
        }
        shares.get(scope.level()).remove(tags);
    }

    /**
     * An alert fires, or does no longer.
     *
     * @param task whose it is: a partition of the log, or -1 for the trends
     * @param part null: it does not fire
     */
    public synchronized void alert(int task, String identity, @Nullable Part part) {
        move(firing, alerts, task, identity, part);
    }

    /**
     * An incident goes on, or does no longer.
     *
     * @param task as of {@link #alert}
     * @param part null: it has ended
     */
    public synchronized void incident(int task, String tenant, @Nullable Part part) {
        move(open, incidents, task, tenant, part);
    }

    private static void move(
            Map<Integer, Map<String, Part>> all,
            Map<Scope.Level, Rows> rows,
            int task,
            String key,
            @Nullable Part after) {
        Map<String, Part> ours = all.computeIfAbsent(task, any -> new HashMap<>());
        Part before = after == null ? ours.remove(key) : ours.put(key, after);
        if (before != null && !before.equals(after)) {
            count(rows, before, -1);
        }
        if (after != null && !after.equals(before)) {
            count(rows, after, 1);
        }
    }

    private static void count(Map<Scope.Level, Rows> rows, Part part, int more) {
        part.forEachScope((level, tags) ->
                rows.get(level).add(part.alert().isEmpty() ? tags : tags.and("alert", part.alert()), more));
    }

    /** A task is no longer ours. */
    public synchronized void released(int task) {
        release(firing.remove(task), alerts);
        release(open.remove(task), incidents);
    }

    private static void release(@Nullable Map<String, Part> parts, Map<Scope.Level, Rows> rows) {
        if (parts != null) {
            parts.values().forEach(part -> count(rows, part, -1));
        }
    }

    private static Tags tags(Scope scope) {
        Tags tags = Tags.of("watched_cluster", scope.cluster());
        return scope.level() == Scope.Level.CLUSTER
                ? tags
                : tags.and("tenant_namespace", scope.namespace(), scope.level().word(), scope.name());
    }
}
