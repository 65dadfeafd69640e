package io.tenantpulse.metrics;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.tenantpulse.model.Counts;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Series of single tenants, of those that somebody asked for and no others. Thread-safe. */
public final class TenantSeries {
    private static final String PREFIX = "tenantpulse.tenant.";
    private static final double MILLIS = 1000;

    private final Rows resources;
    private final Rows conditions;
    private final Rows pods;
    private final Rows podSeconds;
    private final Map<Rows, Set<Tags>> shown = new HashMap<>();
    private volatile int leftOut;

    public TenantSeries(MeterRegistry registry) {
        this.resources = new Rows(
                registry,
                PREFIX + "resources",
                "Resources of a tenant as its operator counts them: ready, desired, failed");
        this.conditions = new Rows(
                registry,
                PREFIX + "condition.held.seconds",
                "How long the condition of an alert holds for a tenant, without time that nobody saw");
        this.pods = new Rows(registry, PREFIX + "pods.not.ready", "Pods of a tenant that are not ready");
        this.podSeconds = new Rows(
                registry, PREFIX + "pod.not.ready.seconds", "How long the longest of a tenant's pods is not ready");
        Gauge.builder(PREFIX + "series.left.out", this, each -> each.leftOut)
                .description("Tenants that were asked for, but are more than have series of their own")
                .register(registry);
    }

    /**
     * These are all that have series now.
     *
     * @param more how many were left out
     */
    public synchronized void show(List<TenantFigures> figures, int more) {
        Map<Rows, Set<Tags>> before = new HashMap<>(shown);
        shown.clear();
        figures.forEach(this::show);
        before.forEach((rows, tags) -> {
            tags.removeAll(shown.getOrDefault(rows, Set.of()));
            tags.forEach(rows::remove);
        });
        leftOut = more;
    }

    private void show(TenantFigures figures) {
        Tags tags = Tags.of(
                "watched_cluster",
                figures.tenant().cluster(),
                "tenant_namespace",
                figures.tenant().namespace(),
                "tenant_kind",
                figures.tenant().kind(),
                "tenant",
                figures.tenant().name());
        Counts counts = figures.counts();
        if (counts != null) {
            set(resources, tags.and("state", "ready"), counts.ready());
            set(resources, tags.and("state", "desired"), counts.desired());
            set(resources, tags.and("state", "failed"), counts.failed());
        }
        figures.conditions().forEach((alert, held) -> set(conditions, tags.and("alert", alert), seconds(held)));
        set(pods, tags, figures.podsNotReady());
        set(podSeconds, tags, seconds(figures.podNotReady()));
    }

    private void set(Rows rows, Tags tags, double value) {
        rows.set(tags, value);
        shown.computeIfAbsent(rows, any -> new HashSet<>()).add(tags);
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / MILLIS;
    }
}
