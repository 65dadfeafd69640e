package io.tenantpulse.standalone.demo;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Brings trouble to tenants of one cluster and takes it away again, as people, vendors and fate do. */
final class Troubles {
    /** A column of the tenant's row in the operator's database, while the trouble lasts and otherwise. */
    private record Column(String name, String bad, String good) {}

    private static final Map<Trouble, Column> COLUMNS = Map.ofEntries(
            Map.entry(Trouble.IMAGE_MISSING, new Column("tag", Ailments.MISSING_TAG, Ailments.GOOD_TAG)),
            Map.entry(Trouble.CRASH_LOOP, new Column("tag", Ailments.CRASHING_TAG, Ailments.GOOD_TAG)),
            Map.entry(Trouble.SLOW_PULL, new Column("tag", Ailments.HEAVY_TAG, Ailments.GOOD_TAG)),
            Map.entry(Trouble.IMAGE_UNSIGNED, new Column("tag", Ailments.UNSIGNED_TAG, Ailments.GOOD_TAG)),
            Map.entry(Trouble.DATABASE_IMAGE_MISSING, new Column("dbTag", Ailments.MISSING_TAG, Ailments.GOOD_TAG)),
            Map.entry(Trouble.OUT_OF_MEMORY, new Column("dbTag", Ailments.HUNGRY_TAG, Ailments.GOOD_TAG)),
            Map.entry(Trouble.INIT_CRASHES, new Column("initTag", Ailments.CRASHING_INIT_TAG, Ailments.GOOD_INIT_TAG)),
            Map.entry(Trouble.INIT_HANGS, new Column("initTag", Ailments.HANGING_INIT_TAG, Ailments.GOOD_INIT_TAG)),
            Map.entry(Trouble.UNSCHEDULABLE, new Column("dbCpu", "64", "250m")),
            Map.entry(Trouble.SCALED_TO_ZERO, new Column("replicas", "0", "2")),
            Map.entry(Trouble.QUOTA, new Column("replicas", "14", "2")),
            Map.entry(Trouble.NO_NODE, new Column("pool", "gpu-large", Nodes.POOL)),
            Map.entry(Trouble.SCALE_TARGET_GONE, new Column("scaled", "background", "worker")));

    private final DemoCluster cluster;
    private final Ailments ailments;
    private int missingClasses;
    private int manualRuns;

    Troubles(DemoCluster cluster) {
        this.cluster = cluster;
        ailments = cluster.world().ailments();
    }

    /** Makes something go wrong with a tenant; one that is only created may not be in the cluster yet. */
    void begin(Trouble trouble, SimTenant tenant) {
        Column column = COLUMNS.get(trouble);
        if (column == null) {
            strike(trouble, tenant);
        } else {
            tenant.columns.put(column.name(), column.bad());
        }
        tenant.troubles.put(trouble, afflictions(trouble, tenant));
        cluster.operator().nudge(tenant);
    }

    private void strike(Trouble trouble, SimTenant tenant) {
        String namespace = tenant.namespace();
        String object = object(trouble, tenant);
        switch (trouble) {
            case SECRET_MISSING -> tenant.columns.put("credentials", tenant.uid + "-payment-key");
            case COLUMN_MISSING -> tenant.columns.remove("tag");
            case PROBE_FAILS, FLAPPING, STATUS_DROPPED -> ailments.set(namespace, object, Behaviour.PROBE_FAILS);
            case SECOND_POD_FAILS -> ailments.set(namespace, object + "-1", Behaviour.PROBE_FAILS);
            case LONG_START -> afresh(tenant, object, Behaviour.readyAfter(Behaviour.LONG_START_SECONDS));
            case MOUNT_FAILS -> afresh(tenant, object, Behaviour.MOUNT_FAILS);
            case OLD_POD_STAYS -> afresh(tenant, object, Behaviour.STAYS);
            case JOB_FAILS -> ailments.set(namespace, object, Behaviour.JOB_FAILS);
            case JOB_RUNS_LONG -> ailments.set(namespace, object, Behaviour.readyAfter(Behaviour.LONG_JOB_SECONDS));
            case CLASS_MISSING -> tenant.columns.put("class", "premium-" + ++missingClasses);
            case WAITS_FOR_CONSUMER -> tenant.columns.put("class", "local");
            case ARCHIVE_UNUSED -> tenant.columns.put("archiveClass", "local");
            case POOL_FULL, NO_ADDRESS -> ailments.stick(namespace, object);
            case QUEUE_POOL_FULL -> ailments.stick(namespace, "data-" + object + "-0");
            case CONFLICT -> createForeign(namespace, object);
            case SPEC_UNSEEN -> {
                tenant.columns.merge("plan", "enterprise", (was, other) -> was.equals(other) ? "business" : other);
                tenant.neglected = true;
            }
            case NEVER_RECONCILED -> tenant.neglected = true;
            case VARIABLES_BROKEN -> tenant.extraBroken = true;
            case CYCLE, MISSING_DEPENDENCY -> {
                // the template itself is the trouble
            }
            default -> throw new IllegalArgumentException("nobody can bring about " + trouble);
        }
    }

    /** The operator has written that the tenant is not ready; from now on nothing it writes of it arrives. */
    void dropStatus(SimTenant tenant) {
        tenant.statusDropped = true;
        ailments.clear(tenant.namespace(), object(Trouble.PROBE_FAILS, tenant));
    }

    /** Puts it right again. */
    void cure(Trouble trouble, SimTenant tenant) {
        if (trouble.isIncurable()) {
            cluster.operator().remove(tenant); // only a new tenant, or none, helps
            return;
        }
        Column column = COLUMNS.get(trouble);
        if (column == null) {
            mend(trouble, tenant);
        } else {
            tenant.columns.put(column.name(), column.good());
        }
        tenant.troubles.remove(trouble);
        tenant.wellSince = cluster.now();
        cluster.operator().nudge(tenant);
    }

    private void mend(Trouble trouble, SimTenant tenant) {
        String namespace = tenant.namespace();
        String object = object(trouble, tenant);
        switch (trouble) {
            case COLUMN_MISSING -> tenant.columns.put("tag", Ailments.GOOD_TAG);
            case SECRET_MISSING -> tenant.columns.put("credentials", "");
            case PROBE_FAILS, FLAPPING, LONG_START, MOUNT_FAILS, OLD_POD_STAYS, JOB_RUNS_LONG ->
                ailments.clear(namespace, object);
            case SECOND_POD_FAILS -> ailments.clear(namespace, object + "-1");
            case JOB_FAILS -> {
                ailments.clear(namespace, object);
                cluster.world().garbage().delete(Kinds.JOB, namespace, object); // the operator makes it anew
            }
            case CLASS_MISSING -> addClass(tenant.columns.getOrDefault("class", "premium"));
            case ARCHIVE_UNUSED -> cluster.world().jobs().run(namespace, tenant.uid + "-nightly", ++manualRuns);
            case POOL_FULL, NO_ADDRESS -> ailments.unstick(namespace, object);
            case QUEUE_POOL_FULL -> ailments.unstick(namespace, "data-" + object + "-0");
            case CONFLICT -> deleteForeign(namespace, object);
            case SPEC_UNSEEN, NEVER_RECONCILED -> tenant.neglected = false;
            case STATUS_DROPPED -> tenant.statusDropped = false;
            case VARIABLES_BROKEN -> tenant.extraBroken = false;
            default -> throw new IllegalArgumentException("nobody can mend " + trouble);
        }
    }

    /** A probe that comes and goes: the truth stays "nothing that deserves an alert of 15 minutes". */
    void flap(SimTenant tenant, boolean ready) {
        String object = object(Trouble.FLAPPING, tenant);
        if (ready) {
            ailments.clear(tenant.namespace(), object);
        } else {
            ailments.set(tenant.namespace(), object, Behaviour.PROBE_FAILS);
        }
    }

    /** Rolls out an image of a template that does not exist, or goes back. */
    void rollOut(String template, String fromTag, String toTag) {
        Blueprint blueprint = cluster.blueprint(template);
        blueprint.roll(fromTag, toTag);
        cluster.publish(blueprint);
        boolean bad = toTag.equals(Ailments.MISSING_TAG);
        blueprint.afflictions(
                bad ? List.of(new Affliction(Trouble.IMAGE_MISSING.cause(), "api", cluster.now(), true)) : List.of());
        if (!bad) {
            cluster.operator().tenants().stream()
                    .filter(tenant -> tenant.blueprint == blueprint)
                    .forEach(tenant -> tenant.wellSince = cluster.now());
        }
    }

    /** Switches a machine off: databases on it are stuck until it is back, other pods are made anew after five minutes. */
    void loseNode(String node) {
        cluster.world().nodes().lose(node);
    }

    void restoreNode(String node) {
        cluster.world().nodes().restore(node);
        cluster.operator().tenants().forEach(tenant -> tenant.wellSince = cluster.now());
    }

    private List<Affliction> afflictions(Trouble trouble, SimTenant tenant) {
        Instant now = cluster.now();
        boolean lasting = !trouble.passes();
        if (trouble == Trouble.NEVER_RECONCILED) { // all that waits for nothing is missed; Secrets nobody sees
            return tenant.blueprint.parts().stream()
                    .filter(part -> part.dependIds().isEmpty() && part.type() != Kinds.SECRET)
                    .map(part -> new Affliction(trouble.cause(), part.id(), now, lasting))
                    .toList();
        }
        return List.of(new Affliction(trouble.cause(), trouble.resource(), now, lasting));
    }

    private static String object(Trouble trouble, SimTenant tenant) {
        return tenant.uid + "-" + (trouble == Trouble.STATUS_DROPPED ? "api" : trouble.resource());
    }

    /** A rollout to an image as good as the other: its pods are made anew, and it shows in them. */
    private void afresh(SimTenant tenant, String workload, Behaviour behaviour) {
        ailments.set(tenant.namespace(), workload, behaviour);
        boolean other = Ailments.OTHER_GOOD_TAG.equals(tenant.columns.get("tag"));
        tenant.columns.put("tag", other ? Ailments.GOOD_TAG : Ailments.OTHER_GOOD_TAG);
    }

    private void addClass(String name) {
        if (cluster.store().peek(Kinds.STORAGE_CLASS, "", name).isEmpty()) {
            cluster.world().volumes().addClass(name, false);
        }
    }

    private void createForeign(String namespace, String name) {
        ObjectNode foreign = Json.object(
                "metadata",
                Json.object("name", name, "namespace", namespace),
                "data",
                Json.object("token", "canary-cm-foreign"));
        cluster.store().create(Kinds.CONFIG_MAP, foreign, "kubectl");
    }

    private void deleteForeign(String namespace, String name) {
        ObjectNode found =
                cluster.store().peek(Kinds.CONFIG_MAP, namespace, name).orElseGet(Json::object);
        if (!found.path("metadata").has("ownerReferences")) {
            cluster.store().delete(Kinds.CONFIG_MAP, namespace, name);
        }
    }
}
