package io.tenantpulse.bench.detector;

import io.tenantpulse.v1.Change;
import io.tenantpulse.v1.Dependency;
import io.tenantpulse.v1.Readiness;
import io.tenantpulse.v1.Replicas;
import io.tenantpulse.v1.ResourceObserved;
import io.tenantpulse.v1.TenantObserved;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The objects of a fleet as its exporters publish them. */
final class FleetRecords {
    static final long EPOCH = 1;
    static final String TENANT_KIND = "Tenant.operator.kubernetes-tenants.org";

    private static final String KIND = "Tenant";
    private static final String NAMESPACE = "tenants";
    private static final int TEMPLATES = 3;
    private static final int REGISTRIES = 2;
    private static final List<String> APPLIED = List.of("api", "cache", "config", "db", "ingress", "web");
    private static final int TIMEOUT_SECONDS = 300;

    private final int tenantsPerCluster;
    private final Instant created;

    FleetRecords(LogSpec spec, Instant begin) {
        this.tenantsPerCluster = (spec.tenants() + spec.clusters() - 1) / spec.clusters();
        this.created = begin.minusSeconds(86_400);
    }

    static String cluster(int number) {
        return String.format(Locale.ROOT, "cluster-%03d", number);
    }

    int clusterOf(int tenant) {
        return tenant / tenantsPerCluster;
    }

    String key(int tenant) {
        return cluster(clusterOf(tenant)) + '/' + NAMESPACE + '/' + KIND + '/' + name(tenant);
    }

    private static String name(int tenant) {
        return "tenant-" + tenant;
    }

    /**
     * A tenant's own object.
     *
     * @param dependencies null: as before
     */
    TenantObserved tenant(
            int tenant,
            Stamp stamp,
            Change change,
            Trouble trouble,
            int ready,
            @Nullable List<Dependency> dependencies) {
        return new TenantObserved(
                cluster(clusterOf(tenant)),
                EPOCH,
                stamp.sequence(),
                change,
                KIND,
                NAMESPACE,
                name(tenant),
                "8f14e45f-ceea-467f-9d5e-" + (100_000_000_000L + tenant),
                String.valueOf(stamp.sequence()),
                created,
                null,
                1L,
                1L,
                Episodes.RESOURCES,
                ready,
                trouble.failed(),
                trouble.conditions(stamp.since()),
                APPLIED,
                List.of(),
                "template-" + tenant % TEMPLATES,
                1L,
                "registry-" + tenant % REGISTRIES,
                null,
                dependencies);
    }

    /**
     * Where a record stands.
     *
     * @param since of the conditions that it tells
     */
    record Stamp(long sequence, Instant since) {}

    /** What a tenant consists of: all of it is needed, the first half before the second. */
    List<Dependency> dependencies(int tenant) {
        List<Dependency> all = new ArrayList<>(Episodes.RESOURCES);
        for (int i = 0; i < Episodes.RESOURCES; i++) {
            all.add(new Dependency(
                    "r" + i,
                    ResourceKind.of(i).group(),
                    ResourceKind.of(i).kind(),
                    NAMESPACE,
                    name(tenant) + "-r" + i,
                    i < Episodes.RESOURCES / 2 ? List.of() : List.of("r" + (i - Episodes.RESOURCES / 2)),
                    true,
                    TIMEOUT_SECONDS,
                    "WhenNeeded"));
        }
        return all;
    }

    /**
     * One of the objects of a tenant.
     *
     * @param ready replicas of its two
     */
    ResourceObserved resource(int tenant, int number, Stamp stamp, Change change, int ready) {
        ResourceKind kind = ResourceKind.of(number);
        boolean isReady = ready == ResourceKind.REPLICAS;
        return new ResourceObserved(
                cluster(clusterOf(tenant)),
                EPOCH,
                stamp.sequence(),
                change,
                KIND,
                NAMESPACE,
                name(tenant),
                kind.group(),
                kind.kind(),
                NAMESPACE,
                name(tenant) + "-r" + number,
                "c9f0f895-fb98-4b91-" + (1000 + number) + '-' + (100_000_000_000L + tenant),
                null,
                String.valueOf(stamp.sequence()),
                "r" + number,
                true,
                isReady ? Readiness.READY : Readiness.NOT_READY,
                isReady ? null : "MinimumReplicasUnavailable",
                created,
                null,
                kind.conditions(isReady, stamp.since()),
                kind.isWorkload() ? new Replicas(ResourceKind.REPLICAS, 2, 2, ready, ready, 1L, 1L) : null,
                null,
                null,
                null,
                null,
                kind.isWorkload() ? List.of("registry.example/app:1.4.2") : List.of());
    }
}
