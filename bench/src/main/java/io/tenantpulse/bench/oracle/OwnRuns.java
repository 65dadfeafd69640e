package io.tenantpulse.bench.oracle;

import io.tenantpulse.schema.Keys;
import io.tenantpulse.v1.Change;
import io.tenantpulse.v1.Dependency;
import io.tenantpulse.v1.MarkType;
import io.tenantpulse.v1.Readiness;
import io.tenantpulse.v1.ResourceObserved;
import io.tenantpulse.v1.TenantObserved;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * TenantNotConverged of a tenant all of whose life is seen: by our own reading a resource that must be ready is not, or does
 * not exist.
 */
final class OwnRuns {
    private final Era era;
    private final Life life;
    private final String tenant;
    private final RuleTable.Entry rule;
    private final List<Run> runs = new ArrayList<>();
    /** The newest record of each object that exists. */
    private final Map<String, ResourceObserved> objects = new HashMap<>();
    /** Since when what must be ready is not, by object. */
    private final Map<String, Instant> bad = new HashMap<>();

    /** Since when an object that exists is known to be not ready; to be absent is another thing. */
    private final Map<String, Instant> notReady = new HashMap<>();

    private List<Dependency> spec = List.of();

    private OwnRuns(Era era, Life life, String tenant, RuleTable.Entry rule) {
        this.era = era;
        this.life = life;
        this.tenant = tenant;
        this.rule = rule;
    }

    static List<Run> of(Era era, Life life, String tenant, RuleTable.Entry rule) {
        OwnRuns it = new OwnRuns(era, life, tenant, rule);
        it.read();
        return it.runs;
    }

    private void read() {
        int begin = life.looks().get(0).index();
        int end = Math.min(life.endIndex(), era.size());
        for (int i = 0; i < end; i++) {
            Instant at = era.at(i).observedAt();
            if (era.at(i).value() instanceof ResourceObserved resource
                    && key(resource).equals(tenant)) {
                proves(resource, i, at);
                take(resource, at);
                if (i > begin) {
                    settle(i, at);
                }
            } else if (i >= begin && era.at(i).value() instanceof TenantObserved observed && isOfThisLife(observed)) {
                spec = observed.getDependencies() == null ? spec : observed.getDependencies();
                settle(i, at);
            } else if (era.isMark(i, MarkType.WATERMARK)) {
                reach(i, era.mark(i).getWatermark());
            }
        }
        Run open = open();
        if (life.end() != null && open != null) {
            open.over(
                    life.endIndex(),
                    life.end().at(),
                    life.end().at(),
                    life.end().reason());
        }
    }

    private boolean isOfThisLife(TenantObserved observed) {
        return observed.getUid().equals(life.looks().get(0).uid())
                && Keys.of(era.cluster(), observed.getNamespace(), observed.getKind(), observed.getName())
                        .equals(tenant);
    }

    private String key(ResourceObserved resource) {
        return Keys.of(
                era.cluster(), resource.getTenantNamespace(), resource.getTenantKind(), resource.getTenantName());
    }

    private void take(ResourceObserved resource, Instant at) {
        String object = object(resource.getGroup(), resource.getKind(), resource.getNamespace(), resource.getName());
        if (resource.getChange() != Change.DELETED) {
            objects.put(object, resource);
            if (resource.getReadiness() == Readiness.NOT_READY) {
                notReady.putIfAbsent(object, at);
            } else {
                notReady.remove(object);
            }
        } else if (objects.containsKey(object) && objects.get(object).getUid().equals(resource.getUid())) {
            objects.remove(object);
            notReady.remove(object);
        }
    }

    private static String object(String group, String kind, String namespace, String name) {
        return group + '/' + kind + '/' + namespace + '/' + name;
    }

    private static String object(Dependency asked) {
        return object(asked.getGroup(), asked.getKind(), asked.getNamespace(), asked.getName());
    }

    /** Compares what is asked for with what is there. */
    private void settle(int index, Instant at) {
        Map<String, Instant> before = new HashMap<>(bad);
        bad.clear();
        for (Dependency each : spec) {
            if (isBad(each)) {
                bad.put(object(each), before.getOrDefault(object(each), at));
            }
        }
        Run open = open();
        if (!bad.isEmpty() && open == null) {
            runs.add(new Run(rule, "", index, at));
        } else if (bad.isEmpty() && open != null) {
            open.over(index, at, at, null);
        }
    }

    private boolean isBad(Dependency asked) {
        ResourceObserved there = objects.get(object(asked));
        // Secrets are not watched: whether one is there is the operator's word, or nobody's
        if (!asked.getWaitForReady() || asked.getKind().equals("Secret")) {
            return false;
        }
        return there == null
                || there.getReadiness() == Readiness.NOT_READY
                        && !asked.getCreationPolicy().equals("Once");
    }

    private @Nullable Run open() {
        Run last = runs.isEmpty() ? null : runs.get(runs.size() - 1);
        return last == null || last.over != Integer.MAX_VALUE ? null : last;
    }

    /**
     * A later look at a resource that has been not ready since before the deadline proves it. That one appears proves nothing:
     * it was not seen before.
     */
    private void proves(ResourceObserved resource, int index, Instant at) {
        Run open = open();
        String object = object(resource.getGroup(), resource.getKind(), resource.getNamespace(), resource.getName());
        // Where all of a life is seen, a snapshot only repeats from memory what was published
        boolean repeated = resource.getChange() == Change.SNAPSHOT;
        if (repeated || open == null || open.isFired() || !open.deadline().isBefore(at)) {
            return;
        }
        Instant required = bad.get(object);
        Instant seen = notReady.get(object);
        if (required != null && seen != null && !required.isAfter(open.deadline()) && !seen.isAfter(open.deadline())) {
            open.fire(index, at);
        }
    }

    private void reach(int index, Instant watermark) {
        Run open = open();
        if (open != null && !open.isFired() && !open.deadline().isAfter(watermark)) {
            open.fire(index, watermark);
        }
    }
}
