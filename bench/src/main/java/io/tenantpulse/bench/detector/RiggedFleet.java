package io.tenantpulse.bench.detector;

import io.tenantpulse.detect.Change;
import io.tenantpulse.detect.KindCoverage;
import io.tenantpulse.detect.Observation;
import io.tenantpulse.detect.Position;
import io.tenantpulse.model.Condition;
import io.tenantpulse.model.Counts;
import io.tenantpulse.model.TenantFacts;
import io.tenantpulse.model.TenantId;
import io.tenantpulse.topology.DetectorRig;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** The tenants of ten clusters in one task, without Kafka around it. */
final class RiggedFleet {
    private static final int CLUSTERS = 10;
    private static final int TEMPLATES = 3;
    private static final Duration TICK = Duration.ofSeconds(5);

    private final DetectorRig detector;
    private final int tenants;
    private final int inTrouble;
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");
    private long sequence;

    /** @param inTrouble how many of the tenants get into trouble, all at one instant; at least one */
    RiggedFleet(DetectorRig detector, int tenants, int inTrouble) {
        this.detector = detector;
        this.tenants = tenants;
        this.inTrouble = inTrouble;
    }

    /** Every exporter lists what there is; a little later some have trouble. */
    void begin() {
        for (int cluster = 0; cluster < CLUSTERS; cluster++) {
            String name = FleetRecords.cluster(cluster);
            Position frame = next();
            detector.on(new Observation.SyncBegin(name, frame, now, FleetRecords.TENANT_KIND, false, 0));
            for (int tenant = cluster; tenant < tenants; tenant += CLUSTERS) {
                tenant(name, tenant, Change.SNAPSHOT, true);
            }
            detector.on(new Observation.SyncEnd(name, next(), now, FleetRecords.TENANT_KIND, frame));
        }
        tick();
        now = now.plusMillis(1);
        for (int tenant = 0; tenant < tenants; tenant += tenants / inTrouble) {
            tenant(FleetRecords.cluster(tenant % CLUSTERS), tenant, Change.MODIFIED, false);
        }
    }

    /** All clusters' time goes on. */
    void tick() {
        now = now.plus(TICK);
        for (int cluster = 0; cluster < CLUSTERS; cluster++) {
            detector.on(new Observation.Watermark(
                    FleetRecords.cluster(cluster),
                    next(),
                    now,
                    now,
                    true,
                    Map.of(FleetRecords.TENANT_KIND, KindCoverage.LIVE)));
        }
    }

    private void tenant(String cluster, int tenant, Change change, boolean well) {
        Condition ready = new Condition(
                "Ready", well ? "True" : "False", well ? "Reconciled" : "NotAllResourcesReady", null, now);
        TenantFacts facts = new TenantFacts(
                now.minus(Duration.ofDays(1)),
                null,
                1L,
                1L,
                new Counts(well ? Episodes.RESOURCES : 1, Episodes.RESOURCES, 0),
                List.of(ready),
                List.of(),
                List.of(),
                "template-" + tenant % TEMPLATES,
                1L,
                "registry-0",
                null);
        detector.on(new Observation.OfTenant(
                new TenantId(cluster, "tenants", "Tenant", "tenant-" + tenant),
                next(),
                now,
                change,
                "uid-" + tenant,
                String.valueOf(sequence),
                facts,
                List.of()));
    }

    private Position next() {
        return new Position(1, ++sequence);
    }
}
