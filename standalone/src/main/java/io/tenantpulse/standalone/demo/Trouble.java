package io.tenantpulse.standalone.demo;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What can go wrong with a tenant of the demo, and the resource where it does. */
enum Trouble {
    IMAGE_MISSING("ImagePull", "api", List.of("shop", "crm"), false),
    DATABASE_IMAGE_MISSING("ImagePull", "db", List.of("shop", "crm"), false),
    CRASH_LOOP("CrashLoop", "api", List.of("shop", "crm"), false),
    OUT_OF_MEMORY("OOMKilled", "db", List.of("shop", "crm"), false),
    PROBE_FAILS("ReadinessProbe", "api", List.of("shop", "crm", "edge"), false),
    UNSCHEDULABLE("Unschedulable", "db", List.of("shop", "crm"), false),
    SECRET_MISSING("ContainerConfig", "api", List.of("shop", "crm"), false),
    SCALED_TO_ZERO("ScaledToZero", "api", List.of("shop", "edge"), false),
    QUOTA("QuotaExceeded", "app", List.of("trial"), false),
    LONG_START("Starting", "ml", List.of("model"), false),
    /** Pulls for seven minutes, then is well: no alert is due. */
    SLOW_PULL(null, "api", List.of("shop", "crm"), false),
    /** Not ready for 90 seconds, ready for 90, and so on: no alert of 15 minutes is due. */
    FLAPPING(null, "api", List.of("shop", "edge"), false),
    JOB_FAILS("JobFailed", "migrate", List.of("shop"), true),
    JOB_RUNS_LONG("JobRunning", "migrate", List.of("shop"), true),
    CLASS_MISSING("VolumePending", "data", List.of("analytics"), true),
    POOL_FULL("VolumePending", "data", List.of("analytics"), true),
    /** Only where dependents wait: there the claim waits for a pod that waits for the claim. */
    WAITS_FOR_CONSUMER("VolumeWaitsForConsumer", "data", List.of("analytics"), true),
    NO_ADDRESS("LoadBalancerPending", "front", List.of("analytics"), true),
    CONFLICT("Conflict", "cfg", List.of("shop", "edge"), true),
    CYCLE("DependencyCycle", "", List.of("knot"), true),
    MISSING_DEPENDENCY("DependencyMissing", "", List.of("gap"), true);

    private final @Nullable String cause;
    private final String resource;
    private final List<String> templates;
    private final boolean newcomersOnly;

    Trouble(@Nullable String cause, String resource, List<String> templates, boolean newcomersOnly) {
        this.cause = cause;
        this.resource = resource;
        this.templates = templates;
        this.newcomersOnly = newcomersOnly;
    }

    /** A cause word of the diagnosis, or null when no alert is due. */
    @Nullable
    String cause() {
        return cause;
    }

    String resource() {
        return resource;
    }

    List<String> blockers() {
        return resource.isEmpty() ? List.of() : List.of(resource);
    }

    List<String> templates() {
        return templates;
    }

    /** It befalls a tenant only while it is created: what it changes cannot be changed later. */
    boolean newcomersOnly() {
        return newcomersOnly;
    }

    boolean possibleIn(Dialect dialect) {
        return this != WAITS_FOR_CONSUMER || dialect.holdsDependents();
    }
}
