package io.tenantpulse.detect;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantpulse.diagnose.Diagnosis;
import io.tenantpulse.diagnose.StatusDrift;
import io.tenantpulse.model.Condition;
import io.tenantpulse.model.Counts;
import io.tenantpulse.model.Dependency;
import io.tenantpulse.model.Facts;
import io.tenantpulse.model.ObjectId;
import io.tenantpulse.model.Readiness;
import io.tenantpulse.model.Replicas;
import io.tenantpulse.model.TenantFacts;
import io.tenantpulse.model.TenantId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.jspecify.annotations.Nullable;

/** The drift that detection judges from what it counts is the one that a diagnosis tells, which reads every object. */
class DriftAtAGlanceProperties {
    private static final Instant NOW = Story.MIDNIGHT;
    private static final TenantId ACME = new TenantId("c1", "ns", "Tenant", "acme");
    private static final List<String> KINDS = List.of("Deployment", "StatefulSet", "Widget", "Secret");

    private final Map<ObjectId, ResourceState> objects = new HashMap<>();
    private final List<Dependency> dependencies = new ArrayList<>();

    @Property(tries = 3000)
    void bothSayTheSame(@ForAll @LongRange(min = 0) long seed) {
        Random random = new Random(seed);
        objects.clear();
        dependencies.clear();
        int size = 1 + random.nextInt(7);
        for (int i = 0; i < size; i++) {
            add(random, i);
        }
        ClusterState cluster = cluster(random);
        TenantState tenant = tenant(random, size);

        Own own = new OwnReadiness(cluster, DriftAtAGlanceProperties.this::glance, objects::get)
                .read(tenant, dependencies, new Look(NOW, sight(cluster, tenant), Map.of()));
        StatusDrift glanced = StatusDrift.judge(tenant.facts(), false, own.broken() == null, own.tally());

        TenantSnapshot all =
                new TenantSnapshot(cluster, tenant, dependencies, List.copyOf(objects.values()), List.of());
        assertThat(glanced).isEqualTo(Diagnosis.diagnose(all.view(NOW), NOW).drift());
    }

    private Glance glance(ObjectId object) {
        ResourceState state = objects.get(object);
        return state == null ? Glance.NONE : Glance.of(state);
    }

    private void add(Random random, int i) {
        String kind = KINDS.get(random.nextInt(KINDS.size()));
        ObjectId object = new ObjectId("apps", kind, "ns", "r" + i);
        List<String> needs = new ArrayList<>();
        for (int before = 0; before < i; before++) {
            if (random.nextInt(3) == 0) {
                needs.add("r" + before);
            }
        }
        String id = random.nextInt(25) == 0 ? "r0" : "r" + i;
        dependencies.add(new Dependency(
                id, object, needs, random.nextInt(4) > 0, Duration.ofMinutes(5), random.nextInt(6) == 0));
        if (random.nextInt(5) > 0) {
            objects.put(object, state(random, object));
        }
    }

    private static ResourceState state(Random random, ObjectId object) {
        Readiness readiness = Readiness.values()[random.nextInt(3)];
        Replicas replicas = random.nextBoolean() ? null : new Replicas(1, 1 + random.nextInt(2), 1, 1, 1, 1L, 1L);
        return new ResourceState(
                object,
                object.name(),
                "uid-" + object.name(),
                "1",
                readiness,
                null,
                true,
                NOW,
                NOW,
                null,
                NOW,
                Position.NONE,
                Position.NONE,
                false,
                null,
                null,
                null,
                new Facts(null, null, List.of(), replicas, null, null, null, null, List.of()));
    }

    private static ClusterState cluster(Random random) {
        ClusterState cluster = ClusterState.fresh("c1", "");
        for (String kind : List.of("Deployment.apps", "StatefulSet.apps")) {
            cluster = cluster.with(KindState.unknown(kind).covered(NOW));
        }
        KindState widgets = KindState.unknown("Widget.apps");
        return random.nextBoolean() ? cluster : cluster.with(widgets.notCovered(KindCoverage.ABSENT, NOW));
    }

    private TenantState tenant(Random random, int size) {
        List<Condition> conditions = new ArrayList<>();
        if (random.nextInt(5) == 0) {
            conditions.add(new Condition("Conflicted", "True", "ResourceConflict", null, NOW));
        }
        if (random.nextInt(5) == 0) {
            conditions.add(new Condition("Ready", "False", "DependencyError", null, NOW));
        }
        TenantFacts facts = new TenantFacts(
                NOW,
                null,
                2L,
                random.nextInt(4) == 0 ? (Long) (long) (1 + random.nextInt(2)) : null,
                counts(random, size),
                conditions,
                random.nextBoolean() ? List.of() : List.of("r0", "r1"),
                random.nextInt(3) > 0 ? List.of() : List.of("r1", "r2"),
                null,
                null,
                null,
                null);
        Observation.OfTenant news = new Observation.OfTenant(
                ACME, new Position(1, 1), NOW, Change.MODIFIED, "u1", "1", facts, dependencies);
        return TenantState.of(news, Position.NONE, null, false);
    }

    private static @Nullable Counts counts(Random random, int size) {
        int desired = random.nextInt(10) == 0 ? size + 1 : size;
        return random.nextInt(10) == 0 ? null : new Counts(random.nextInt(size + 1), desired, random.nextInt(2));
    }

    private FirstSight sight(ClusterState cluster, TenantState tenant) {
        OwnReadiness readiness = new OwnReadiness(cluster, this::glance, objects::get);
        return new FirstSight(cluster, tenant, false, null, readiness, dependencies, null);
    }
}
