package io.tenantpulse.diagnose;

/** The vocabulary of causes (DESIGN 5). Spelling is part of the contract with the log, the API and recordings. */
public enum CauseWord {
    DEPENDENCY_CYCLE("DependencyCycle", Nature.FAILURE, false),
    DEPENDENCY_MISSING("DependencyMissing", Nature.FAILURE, false),
    TEMPLATE_ERROR("TemplateError", Nature.FAILURE, false),
    CONFLICT("Conflict", Nature.FAILURE, false),
    QUOTA_EXCEEDED("QuotaExceeded", Nature.FAILURE, false),
    ADMISSION_DENIED("AdmissionDenied", Nature.FAILURE, false),
    /** The pod's node stopped; a StatefulSet's pod stays Terminating there. */
    NODE_NOT_READY("NodeNotReady", Nature.STALL, false),
    /** With the StorageClass, also one that does not exist. */
    VOLUME_PENDING("VolumePending", Nature.TIMED, false),
    /** A claim binds only once a pod that uses it is scheduled; a deadlock when that pod's workload depends on the claim. */
    VOLUME_WAITS_FOR_CONSUMER("VolumeWaitsForConsumer", Nature.TIMED, true),
    VOLUME_MOUNT("VolumeMount", Nature.TIMED, false),
    UNSCHEDULABLE("Unschedulable", Nature.TIMED, false),
    IMAGE_PULL("ImagePull", Nature.FAILURE, false),
    /** A Secret or ConfigMap that a container needs is absent. */
    CONTAINER_CONFIG("ContainerConfig", Nature.FAILURE, false),
    OOM_KILLED("OOMKilled", Nature.FAILURE, false),
    CRASH_LOOP("CrashLoop", Nature.FAILURE, true),
    INIT_CONTAINER("InitContainer", Nature.TIMED, true),
    /** One pod holds the rest; that pod's own trouble is the detail. */
    STATEFUL_SET_ORDINAL("StatefulSetOrdinal", Nature.TIMED, true),
    READINESS_PROBE("ReadinessProbe", Nature.TIMED, true),
    JOB_FAILED("JobFailed", Nature.FAILURE, true),
    JOB_RUNNING("JobRunning", Nature.TIMED, true),
    LOAD_BALANCER_PENDING("LoadBalancerPending", Nature.TIMED, false),
    SCALED_TO_ZERO("ScaledToZero", Nature.STALL, false),
    /** A DaemonSet that no node matches. */
    NO_ELIGIBLE_NODE("NoEligibleNode", Nature.STALL, false),
    ROLLOUT_DEADLINE("RolloutDeadline", Nature.FAILURE, true),
    /** Containers are being created or have not passed their probe, within the resource's timeout: slow, not broken. */
    STARTING("Starting", Nature.TIMED, true),
    DEPENDENCY_WAIT("DependencyWait", Nature.TIMED, true),
    OPERATOR_STALE("OperatorStale", Nature.STALL, false),
    STATUS_DRIFT("StatusDrift", Nature.STALL, false),
    UNKNOWN("Unknown", Nature.TIMED, true);

    /** How a resource stands that has such a cause. */
    enum Nature {
        /** It will not become ready by waiting. */
        FAILURE,
        /** It is not moving. */
        STALL,
        /** Slow while within its timeout, stalled after it. */
        TIMED
    }

    private final String word;
    private final Nature nature;
    private final boolean followsDependency;

    CauseWord(String word, Nature nature, boolean followsDependency) {
        this.word = word;
        this.nature = nature;
        this.followsDependency = followsDependency;
    }

    /** As it is written. */
    public String word() {
        return word;
    }

    Nature nature() {
        return nature;
    }

    /** Whether a dependency that is not ready can bring it about: behind a blocker it is a consequence, not a cause. */
    boolean followsDependency() {
        return followsDependency;
    }

    @Override
    public String toString() {
        return word;
    }
}
