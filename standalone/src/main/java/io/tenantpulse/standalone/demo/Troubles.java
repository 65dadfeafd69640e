package io.tenantpulse.standalone.demo;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;

/** Brings trouble to tenants of one cluster and takes it away again, as people, vendors and fate do. */
final class Troubles {
    private static final int LONG_JOB_SECONDS = 25 * 60;
    private static final int LONG_START_SECONDS = 21 * 60;

    private final DemoCluster cluster;
    private int missingClasses;

    Troubles(DemoCluster cluster) {
        this.cluster = cluster;
    }

    /** Some troubles end by themselves. */
    static int naturalSeconds(Trouble trouble) {
        return switch (trouble) {
            case JOB_RUNS_LONG -> LONG_JOB_SECONDS;
            case LONG_START -> LONG_START_SECONDS;
            default -> Integer.MAX_VALUE;
        };
    }

    /** Makes something go wrong with a tenant; one that is only created may not be in the cluster yet. */
    void begin(Trouble trouble, SimTenant tenant) {
        Ailments ailments = cluster.world().ailments();
        String namespace = tenant.namespace();
        String object = tenant.uid + "-" + trouble.resource();
        switch (trouble) {
            case IMAGE_MISSING -> tenant.columns.put("tag", Ailments.MISSING_TAG);
            case DATABASE_IMAGE_MISSING -> tenant.columns.put("dbTag", Ailments.MISSING_TAG);
            case CRASH_LOOP -> tenant.columns.put("tag", Ailments.CRASHING_TAG);
            case OUT_OF_MEMORY -> tenant.columns.put("dbTag", Ailments.HUNGRY_TAG);
            case SLOW_PULL -> tenant.columns.put("tag", Ailments.HEAVY_TAG);
            case UNSCHEDULABLE -> tenant.columns.put("dbCpu", "64");
            case SECRET_MISSING -> tenant.columns.put("credentials", tenant.uid + "-payment-key");
            case SCALED_TO_ZERO -> tenant.columns.put("replicas", "0");
            case QUOTA -> tenant.columns.put("replicas", "14");
            case PROBE_FAILS, FLAPPING -> ailments.set(namespace, object, Behaviour.PROBE_FAILS);
            case LONG_START -> {
                ailments.set(namespace, object, Behaviour.readyAfter(LONG_START_SECONDS));
                tenant.columns.put("tag", "1.4.3");
            }
            case JOB_FAILS -> ailments.set(namespace, object, Behaviour.JOB_FAILS);
            case JOB_RUNS_LONG -> ailments.set(namespace, object, Behaviour.readyAfter(LONG_JOB_SECONDS));
            case CLASS_MISSING -> tenant.columns.put("class", "premium-" + ++missingClasses);
            case POOL_FULL, NO_ADDRESS -> ailments.stick(namespace, object);
            case WAITS_FOR_CONSUMER -> tenant.columns.put("class", "local");
            case CONFLICT ->
                cluster.store()
                        .create(
                                Kinds.CONFIG_MAP,
                                Json.object(
                                        "metadata",
                                        Json.object("name", object, "namespace", namespace),
                                        "data",
                                        Json.object("token", "canary-cm-foreign")),
                                "kubectl");
            case CYCLE, MISSING_DEPENDENCY -> {
                // the template itself is the trouble
            }
        }
        mark(tenant, trouble);
        cluster.operator().nudge(tenant);
    }

    /** Puts it right again. */
    void cure(Trouble trouble, SimTenant tenant) {
        Ailments ailments = cluster.world().ailments();
        String namespace = tenant.namespace();
        String object = tenant.uid + "-" + trouble.resource();
        switch (trouble) {
            case IMAGE_MISSING, CRASH_LOOP, SLOW_PULL -> tenant.columns.put("tag", Ailments.GOOD_TAG);
            case DATABASE_IMAGE_MISSING, OUT_OF_MEMORY -> tenant.columns.put("dbTag", Ailments.GOOD_TAG);
            case UNSCHEDULABLE -> tenant.columns.put("dbCpu", "250m");
            case SECRET_MISSING -> tenant.columns.put("credentials", "");
            case SCALED_TO_ZERO, QUOTA -> tenant.columns.put("replicas", "2");
            case PROBE_FAILS, FLAPPING, LONG_START -> ailments.clear(namespace, object);
            case JOB_RUNS_LONG -> ailments.clear(namespace, object);
            case JOB_FAILS -> {
                ailments.clear(namespace, object);
                cluster.world().garbage().delete(Kinds.JOB, namespace, object); // the operator makes it anew
            }
            case CLASS_MISSING -> addClass(tenant.columns.getOrDefault("class", "premium"));
            case POOL_FULL, NO_ADDRESS -> ailments.unstick(namespace, object);
            case CONFLICT -> deleteForeign(namespace, object);
            case WAITS_FOR_CONSUMER, CYCLE, MISSING_DEPENDENCY -> {
                cluster.operator().remove(tenant); // only a new tenant, or none, helps
                return;
            }
        }
        heal(tenant);
        cluster.operator().nudge(tenant);
    }

    /** A probe that comes and goes: the truth stays "nothing that deserves an alert of 15 minutes". */
    void flap(SimTenant tenant, boolean ready) {
        String object = tenant.uid + "-" + Trouble.FLAPPING.resource();
        if (ready) {
            cluster.world().ailments().clear(tenant.namespace(), object);
        } else {
            cluster.world().ailments().set(tenant.namespace(), object, Behaviour.PROBE_FAILS);
        }
    }

    /** Rolls out an image of a template that does not exist, or goes back. */
    void rollOut(String template, String fromTag, String toTag) {
        Blueprint blueprint = cluster.blueprint(template);
        blueprint.roll(fromTag, toTag);
        cluster.publish(blueprint);
        boolean bad = toTag.equals(Ailments.MISSING_TAG);
        for (SimTenant tenant : cluster.operator().tenants()) {
            if (tenant.blueprint == blueprint && tenant.leaving == null) {
                if (bad && tenant.truth == null) {
                    mark(tenant, "ImagePull", List.of("api"));
                } else if (!bad && tenant.truth != null && "ImagePull".equals(tenant.truth.cause())) {
                    heal(tenant);
                }
            }
        }
    }

    /** Switches a machine off: databases on it are stuck until it is back, other pods are made anew after five minutes. */
    void loseNode(String node) {
        cluster.world().nodes().lose(node);
        for (SimTenant tenant : cluster.operator().tenants()) {
            boolean hit = cluster.world().pods().values().stream()
                    .anyMatch(pod -> node.equals(pod.node)
                            && pod.active()
                            && pod.owner.equals(
                                    new Workload(Kinds.STATEFUL_SET, tenant.namespace(), tenant.uid + "-db")));
            if (hit && tenant.truth == null) {
                mark(tenant, "NodeNotReady", List.of("db"));
            }
        }
    }

    void restoreNode(String node) {
        cluster.world().nodes().restore(node);
        for (SimTenant tenant : cluster.operator().tenants()) {
            if (tenant.truth != null && "NodeNotReady".equals(tenant.truth.cause())) {
                heal(tenant);
            }
        }
    }

    private void mark(SimTenant tenant, Trouble trouble) {
        if (trouble.cause() != null) {
            mark(tenant, trouble.cause(), trouble.blockers());
        }
    }

    private void mark(SimTenant tenant, String cause, List<String> blockers) {
        Instant now = cluster.now();
        tenant.truth = new Truth(cluster.name(), tenant.namespace(), tenant.name(), cause, blockers, now);
    }

    private void heal(SimTenant tenant) {
        tenant.truth = null;
        tenant.wellSince = cluster.now();
    }

    private void addClass(String name) {
        if (cluster.store().peek(Kinds.STORAGE_CLASS, "", name).isEmpty()) {
            cluster.world().volumes().addClass(name, false);
        }
    }

    private void deleteForeign(String namespace, String name) {
        ObjectNode found =
                cluster.store().peek(Kinds.CONFIG_MAP, namespace, name).orElseGet(Json::object);
        if (!found.path("metadata").has("ownerReferences")) {
            cluster.store().delete(Kinds.CONFIG_MAP, namespace, name);
        }
    }
}
