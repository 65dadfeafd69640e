package io.tenantpulse.detect;

import io.tenantpulse.diagnose.KindSight;
import io.tenantpulse.diagnose.SeenObject;
import io.tenantpulse.diagnose.TenantView;
import io.tenantpulse.model.Dependency;
import io.tenantpulse.model.Warning;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * All that is remembered of one tenant, read together.
 *
 * @param cluster what the tenant's partition remembers of its cluster
 * @param resources in any order; pods and all else that belongs to it too
 * @param warnings in any order; expired ones too
 */
public record TenantSnapshot(
        ClusterState cluster,
        TenantState tenant,
        List<Dependency> dependencies,
        List<ResourceState> resources,
        List<WarningState> warnings) {
    public TenantSnapshot {
        dependencies = List.copyOf(dependencies);
        resources = List.copyOf(resources);
        warnings = List.copyOf(warnings);
    }

    /** The tenant as diagnosis sees it; warnings that have expired by {@code now} are left out. */
    public TenantView view(Instant now) {
        return new TenantView(
                tenant.id(),
                tenant.uid(),
                tenant.facts(),
                tenant.generationSince(),
                tenant.undecodableSince(),
                dependencies,
                resources.stream().map(this::seen).toList(),
                absent(),
                warningsAt(now),
                warningsUntil(now),
                kind -> sight(cluster.kind(kind)));
    }

    private Map<String, Instant> absent() {
        Map<String, Instant> absent = new HashMap<>();
        for (NotReady each : tenant.own().unready()) {
            if (each.absentSince() != null) {
                NotReady.Hold hold = each.hold();
                absent.put(
                        each.id(), hold == null ? each.since() : hold.stretch().since());
            }
        }
        return absent;
    }

    private SeenObject seen(ResourceState resource) {
        return new SeenObject(
                resource.object(),
                resource.uid(),
                resource.resourceId(),
                resource.owned(),
                resource.readiness(),
                resource.reason(),
                resource.createdAt(),
                resource.since(),
                resource.lastReadyAt(),
                resource.isRegressed(tenant.generationSince()),
                resource.facts(),
                resource.undecodable());
    }

    private List<Warning> warningsAt(Instant now) {
        List<Warning> current = new ArrayList<>();
        for (WarningState each : warnings) {
            if (each.expiresAt().isAfter(now)) {
                current.add(each.warning());
            }
        }
        return current;
    }

    private @Nullable Instant warningsUntil(Instant now) {
        Instant first = null;
        for (WarningState each : warnings) {
            Instant end = each.expiresAt();
            first = end.isAfter(now) && (first == null || end.isBefore(first)) ? end : first;
        }
        return first;
    }

    private static KindSight.Sight sight(KindState kind) {
        if (!kind.settled() || kind.coverage() == KindCoverage.ABSENT) {
            return KindSight.Sight.UNKNOWN;
        }
        return kind.isObservable() ? KindSight.Sight.LIVE : KindSight.Sight.BLIND;
    }

    /** The newest instant of which anything is known of the tenant: the cluster's watermark, or what was seen after it. */
    public Instant newest() {
        Instant newest = tenant.seenAt();
        if (cluster.watermark() != null && cluster.watermark().isAfter(newest)) {
            newest = cluster.watermark();
        }
        for (ResourceState each : resources) {
            newest = each.seenAt().isAfter(newest) ? each.seenAt() : newest;
        }
        for (WarningState each : warnings) {
            newest = each.seenAt().isAfter(newest) ? each.seenAt() : newest;
        }
        return newest;
    }

    /**
     * Up to when all that the tenant rests on is known to have been seen: the earliest of its kinds; null: one of them never
     * was, or no watermark came yet. A kind that nobody watches is left out, for nothing will ever be known of it.
     */
    public @Nullable Instant completeUpTo() {
        Instant complete = cluster.watermark();
        for (KindState kind : cluster.kinds().values()) {
            boolean needed = kind.kind().equals(tenant.id().kindName())
                    || tenant.own().restsOn(kind.kind())
                    || kind.kind().equals("Pod");
            if (complete == null || !needed || kind.coverage() == KindCoverage.ABSENT) {
                continue;
            }
            if (kind.coveredTo() == null) {
                return null;
            }
            complete = kind.coveredTo().isBefore(complete) ? kind.coveredTo() : complete;
        }
        return complete;
    }
}
