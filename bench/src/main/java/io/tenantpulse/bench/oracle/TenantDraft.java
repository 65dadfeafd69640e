package io.tenantpulse.bench.oracle;

import io.tenantpulse.v1.Change;
import io.tenantpulse.v1.Condition;
import io.tenantpulse.v1.Dependency;
import io.tenantpulse.v1.TenantObserved;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** A tenant of a simulated cluster; its status is whatever chance makes of it, as an operator that may be wrong writes it. */
final class TenantDraft implements WorldObject {
    private static final List<String> DEGRADED =
            List.of("ResourceFailures", "ResourceConflicts", "ResourcesNotReady", "TemplateRenderError");

    final String kind;
    final String name;
    final String uid;
    final List<Dependency> dependencies = new ArrayList<>();
    private final Instant createdAt;
    private final Map<String, Condition> conditions = new TreeMap<>();
    private @Nullable Integer ready;
    private @Nullable Integer desired;
    private @Nullable Integer failed;
    private final List<String> applied = new ArrayList<>();
    private final List<String> skipped = new ArrayList<>();
    private boolean specChanged;
    private long generation = 1;
    private @Nullable Long observedGeneration;
    private String resourceVersion = "1";

    /** @param createdAt by the API server's clock */
    TenantDraft(String kind, String name, String uid, Instant createdAt) {
        this.kind = kind;
        this.name = name;
        this.uid = uid;
        this.createdAt = createdAt.truncatedTo(ChronoUnit.SECONDS);
    }

    static String kindName(String kind) {
        return kind.equals("Tenant") ? "Tenant.operator.kubernetes-tenants.org" : "LynqNode.operator.lynq.sh";
    }

    @Override
    public String kindName() {
        return kindName(kind);
    }

    @Override
    public void written(String version) {
        resourceVersion = version;
    }

    /** Its spec asks for other resources, or for the same in another way. */
    void respecify(Random random) {
        dependencies.clear();
        generation++;
        specChanged = true;
        int all = 1 + random.nextInt(4);
        // Mostly each needs only those before it; else there may be a cycle
        boolean ordered = random.nextInt(8) > 0;
        for (int i = all - 1; i >= 0; i--) {
            String resource =
                    List.of("Deployment", "Deployment", "Service", "Secret").get(random.nextInt(4));
            dependencies.add(Dependency.newBuilder()
                    .setId("r" + i)
                    .setGroup(resource.equals("Deployment") ? "apps" : "")
                    .setKind(resource)
                    .setNamespace("tenants")
                    .setName(name + "-" + kind.toLowerCase(Locale.ROOT) + "-" + i)
                    .setDependIds(needed(random, i, ordered ? i : all))
                    .setTimeoutSeconds(List.of(60, 60, 300, 900).get(random.nextInt(4)))
                    .setWaitForReady(random.nextInt(5) > 0)
                    .setCreationPolicy(random.nextInt(6) == 0 ? "Once" : "WhenNeeded")
                    .build());
        }
    }

    private static List<String> needed(Random random, int own, int below) {
        List<String> needed = new ArrayList<>();
        for (int i = 0; i < below; i++) {
            if (random.nextBoolean() && (i != own || random.nextInt(4) == 0)) {
                needed.add("r" + i);
            }
        }
        if (random.nextInt(60) == 0) {
            needed.add("nowhere");
        }
        return needed;
    }

    /**
     * The operator writes another status.
     *
     * @param now by the API server's clock
     */
    void change(Random random, Instant now) {
        switch (random.nextInt(13)) {
            case 0, 1, 2 -> healthy(random, now);
            case 3, 4 -> mismatched(random, now);
            case 5 -> failing(random, now);
            case 6 -> conflicted(random, now);
            case 7 -> set(random, now, "Ready", "Unknown", "Reconciled");
            case 8 -> degraded(random, now);
            case 9 -> recounted(random);
            case 10 -> {
                generation++;
                if (!dependencies.isEmpty()) {
                    respecify(random);
                }
            }
            case 11 -> observedGeneration = generation - (random.nextInt(3) == 0 ? 1 : 0);
            default -> bare(random);
        }
    }

    /**
     * The operator counts what there is, and is mostly right.
     *
     * @param isReady of what it waits for
     * @param isThere of what it does not, or makes once
     */
    void count(Random random, Instant now, Predicate<Dependency> isReady, Predicate<Dependency> isThere) {
        int found = 0;
        applied.clear();
        skipped.clear();
        for (Dependency each : dependencies) {
            boolean lax = !each.getWaitForReady() || each.getCreationPolicy().equals("Once");
            boolean secret = each.getKind().equals("Secret");
            if (secret && random.nextBoolean()) {
                applied.add(each.getId());
            } else if (!each.getDependIds().isEmpty() && random.nextInt(8) == 0) {
                skipped.add(each.getId());
            }
            found += secret ? applied.contains(each.getId()) ? 1 : 0 : (lax ? isThere : isReady).test(each) ? 1 : 0;
        }
        boolean wrong = random.nextInt(4) == 0;
        desired = dependencies.size() + (random.nextInt(20) == 0 ? 1 : 0);
        ready = Math.max(0, found - (wrong ? 1 - random.nextInt(3) : 0));
        failed = 0;
        if (random.nextInt(10) == 0) {
            set(random, now, "Ready", "False", "DependencyError");
            set(random, now, "Degraded", "True", "DependencyCycle");
        } else if (ready.equals(desired)) {
            int all = desired;
            healthy(random, now);
            desired = all;
            ready = all;
        } else {
            set(random, now, "Ready", "False", "NotAllResourcesReady");
            set(random, now, "Conflicted", "False", "NoConflict");
        }
    }

    private void healthy(Random random, Instant now) {
        desired = 1 + random.nextInt(5);
        ready = desired;
        failed = 0;
        set(random, now, "Ready", "True", "Reconciled");
        if (random.nextInt(4) > 0) {
            set(random, now, "Degraded", "False", "Healthy");
            set(random, now, "Conflicted", "False", "NoConflict");
        }
    }

    private void mismatched(Random random, Instant now) {
        desired = 2 + random.nextInt(4);
        ready = random.nextInt(8) == 0 ? desired + 1 : random.nextInt(desired);
        failed = 0;
        if (random.nextInt(4) > 0) {
            set(random, now, "Ready", "False", "NotAllResourcesReady");
        }
    }

    private void failing(Random random, Instant now) {
        desired = 2 + random.nextInt(4);
        failed = 1 + random.nextInt(2);
        ready = Math.max(0, desired - failed);
        set(random, now, "Ready", "False", random.nextBoolean() ? "ResourcesFailed" : "ResourcesFailedAndConflicted");
        if (random.nextBoolean()) {
            set(random, now, "Degraded", "True", "ResourceFailures");
        }
    }

    private void conflicted(Random random, Instant now) {
        set(random, now, "Conflicted", random.nextInt(3) > 0 ? "True" : "Unknown", "ResourceConflict");
        if (random.nextBoolean()) {
            set(random, now, "Ready", "False", "ResourcesConflicted");
        }
    }

    private void degraded(Random random, Instant now) {
        boolean still = random.nextInt(4) > 0;
        String reason = DEGRADED.get(random.nextInt(DEGRADED.size()));
        set(random, now, "Degraded", still ? "True" : "False", still ? reason : "Healthy");
    }

    private void recounted(Random random) {
        desired = random.nextInt(4);
        ready = random.nextInt(5);
        failed = random.nextInt(3) == 0 ? 1 : 0;
    }

    private void bare(Random random) {
        if (random.nextInt(3) == 0) {
            ready = null;
            desired = null;
            failed = null;
        }
        conditions.remove(List.of("Ready", "Degraded", "Conflicted").get(random.nextInt(3)));
    }

    /** The operator rewrites the time of a condition also when only its message changes. */
    private void set(Random random, Instant now, String type, String status, String reason) {
        Condition before = conditions.get(type);
        boolean same = before != null
                && before.getStatus().equals(status)
                && reason.equals(before.getReason())
                && random.nextInt(3) > 0;
        if (same) {
            return;
        }
        Instant at = now.truncatedTo(ChronoUnit.SECONDS);
        if (random.nextInt(3) == 0) {
            // A clock that was put back, or one that ran ahead
            at = at.plus(Duration.ofSeconds(random.nextInt(7200) - 5400L));
        }
        conditions.put(type, new Condition(type, status, reason, null, random.nextInt(6) == 0 ? null : at));
    }

    @Override
    public TenantObserved unreadable(boolean withUid) {
        return TenantObserved.newBuilder()
                .setCluster("")
                .setEpoch(0)
                .setSequence(0)
                .setChange(Change.UNDECODABLE)
                .setKind(kind)
                .setNamespace("tenants")
                .setName(name)
                .setUid(withUid ? uid : "")
                .setResourceVersion(resourceVersion)
                .build();
    }

    @Override
    public TenantObserved record(Change change) {
        boolean withSpec = change != Change.MODIFIED || specChanged;
        specChanged = false;
        return TenantObserved.newBuilder()
                .setCluster("")
                .setEpoch(0)
                .setSequence(0)
                .setChange(change)
                .setKind(kind)
                .setNamespace("tenants")
                .setName(name)
                .setUid(uid)
                .setResourceVersion(resourceVersion)
                .setCreatedAt(createdAt)
                .setGeneration(generation)
                .setObservedGeneration(observedGeneration)
                .setDesired(desired)
                .setReady(ready)
                .setFailed(failed)
                .setConditions(List.copyOf(conditions.values()))
                .setAppliedIds(List.copyOf(applied))
                .setSkippedIds(List.copyOf(skipped))
                .setTemplate("web")
                .setRegistry("shops")
                .setDependencies(withSpec ? List.copyOf(dependencies) : null)
                .build();
    }
}
