package io.tenantpulse.standalone.demo;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What can go wrong with a tenant of the demo, and the resource where it does. */
enum Trouble {
    IMAGE_MISSING("ImagePull", "api", Onset.ANY, "shop", "crm"),
    DATABASE_IMAGE_MISSING("ImagePull", "db", Onset.ANY, "shop", "crm"),
    CRASH_LOOP("CrashLoop", "api", Onset.ANY, "shop", "crm"),
    OUT_OF_MEMORY("OOMKilled", "db", Onset.ANY, "shop", "crm"),
    PROBE_FAILS("ReadinessProbe", "api", Onset.ANY, "shop", "crm", "edge"),
    UNSCHEDULABLE("Unschedulable", "db", Onset.ANY, "shop", "crm"),
    SECRET_MISSING("ContainerConfig", "api", Onset.ANY, "shop", "crm"),
    SCALED_TO_ZERO("ScaledToZero", "api", Onset.ANY, "shop", "edge"),
    /** The namespace's quota is shared: a newcomer would be hit by the troubles of others. */
    QUOTA("QuotaExceeded", "app", Onset.SETTLED, "trial"),
    /** A webhook refuses pods of images that are not signed. */
    IMAGE_UNSIGNED("AdmissionDenied", "api", Onset.ANY, "shop", "crm"),
    INIT_CRASHES("InitContainer", "api", Onset.ANY, "crm"),
    INIT_HANGS("InitContainer", "api", Onset.ANY, "crm"),
    MOUNT_FAILS("VolumeMount", "store", Onset.ANY, "analytics"),
    /** The strategy is Recreate: as long as the old pod does not end, there is no new one. */
    OLD_POD_STAYS("RolloutDeadline", "store", Onset.SETTLED, "analytics"),
    NO_NODE("NoEligibleNode", "agent", Onset.ANY, "model"),
    /** An autoscaler without its target: no word of the vocabulary says that. */
    SCALE_TARGET_GONE("Unknown", "scale", Onset.ANY, "crm"),
    LONG_START("Starting", "ml", Onset.ANY, "model"),
    /** Pulls for some minutes, then is well: no alert of 15 minutes is due. */
    SLOW_PULL("Starting", "api", Onset.ANY, "shop", "crm"),
    /** Not ready for 90 seconds, ready for 90, and so on: no alert of 15 minutes is due. */
    FLAPPING("ReadinessProbe", "api", Onset.SETTLED, "shop", "edge"),
    /** The operator goes on and its status is dropped: objects are well again, and the tenant says that they are not. */
    STATUS_DROPPED("StatusDrift", "", Onset.SETTLED, "shop", "edge"),
    /** The tenant's spec changes, and its controller does not get to it. */
    SPEC_UNSEEN("OperatorStale", "", Onset.SETTLED, "shop", "crm"),
    VARIABLES_BROKEN("TemplateError", "", Onset.SETTLED, "shop", "crm"),
    COLUMN_MISSING("TemplateError", "api", Onset.NEWCOMER, "shop", "crm"),
    /** The tenant is made, and its controller never gets to it: nothing is applied. */
    NEVER_RECONCILED("OperatorStale", "cfg", Onset.NEWCOMER, "shop", "edge"),
    JOB_FAILS("JobFailed", "migrate", Onset.NEWCOMER, "shop"),
    JOB_RUNS_LONG("JobRunning", "migrate", Onset.NEWCOMER, "shop"),
    CLASS_MISSING("VolumePending", "data", Onset.NEWCOMER, "analytics"),
    POOL_FULL("VolumePending", "data", Onset.NEWCOMER, "analytics"),
    /** The claim is made of a StatefulSet's volumeClaimTemplates. */
    QUEUE_POOL_FULL("VolumePending", "mq", Onset.NEWCOMER, "queue"),
    SECOND_POD_FAILS("StatefulSetOrdinal", "mq", Onset.NEWCOMER, "queue"),
    /** Only where dependents wait: there the claim waits for a pod that waits for the claim. */
    WAITS_FOR_CONSUMER("VolumeWaitsForConsumer", "data", Onset.NEWCOMER, "analytics"),
    /** A claim that only a nightly job will use. */
    ARCHIVE_UNUSED("VolumeWaitsForConsumer", "archive", Onset.NEWCOMER, "analytics"),
    NO_ADDRESS("LoadBalancerPending", "front", Onset.NEWCOMER, "analytics"),
    CONFLICT("Conflict", "cfg", Onset.NEWCOMER, "shop", "edge"),
    CYCLE("DependencyCycle", "", Onset.NEWCOMER, "knot"),
    MISSING_DEPENDENCY("DependencyMissing", "", Onset.NEWCOMER, "gap");

    /** Whom it can befall. */
    enum Onset {
        /** A tenant only while it is created: what it changes cannot be changed later. */
        NEWCOMER,
        /** A tenant that was well. */
        SETTLED,
        ANY
    }

    private final String cause;
    private final String resource;
    private final Onset onset;
    private final List<String> templates;

    Trouble(String cause, String resource, Onset onset, String... templates) {
        this.cause = cause;
        this.resource = resource;
        this.onset = onset;
        this.templates = List.of(templates);
    }

    /** The word of the vocabulary of causes that a right diagnosis has for it. */
    String cause() {
        return cause;
    }

    /** Empty: the tenant itself. */
    String resource() {
        return resource;
    }

    Onset onset() {
        return onset;
    }

    List<String> templates() {
        return templates;
    }

    boolean possibleIn(Dialect dialect) {
        return switch (this) {
            case WAITS_FOR_CONSUMER -> dialect.holdsDependents();
            case SPEC_UNSEEN -> dialect.writesObservedGeneration();
            case COLUMN_MISSING -> dialect.refusesUnrendered();
            default -> true;
        };
    }

    /** It is the operator that fails, not the tenant's spec or its resources. */
    boolean isOfOperator() {
        return this == STATUS_DROPPED || this == SPEC_UNSEEN;
    }

    /**
     * Its containers run and are not ready, as those that start do.
     *
     * @param newcomer they have never been ready
     */
    boolean looksSlowAtFirst(boolean newcomer) {
        return switch (this) {
            case INIT_HANGS, SECOND_POD_FAILS -> true;
            case PROBE_FAILS -> newcomer;
            default -> false;
        };
    }

    /** Only a new tenant, or none, ends it. */
    boolean isIncurable() {
        return this == WAITS_FOR_CONSUMER || this == CYCLE || this == MISSING_DEPENDENCY;
    }

    /** It ends by itself before an alert of 15 minutes is due. */
    boolean passes() {
        return this == SLOW_PULL || this == FLAPPING;
    }

    /** After so many seconds it ends by itself; null: it lasts until somebody mends it. */
    @Nullable
    Integer naturalSeconds() {
        return switch (this) {
            case JOB_RUNS_LONG -> Behaviour.LONG_JOB_SECONDS;
            case LONG_START -> Behaviour.LONG_START_SECONDS;
            case SLOW_PULL -> 2 * (Behaviour.SLOW_PULL.pullSeconds() + 60);
            default -> null;
        };
    }

    /** A shorter one would not be seen: a rollout's deadline is 600 seconds, our own rules hold for 10 and 15 minutes. */
    int leastSeconds() {
        return switch (this) {
            case OLD_POD_STAYS, SPEC_UNSEEN, NEVER_RECONCILED -> 1200;
            default -> 360;
        };
    }
}
