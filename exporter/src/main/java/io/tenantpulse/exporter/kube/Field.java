package io.tenantpulse.exporter.kube;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The names of fields that are read anywhere: the whitelist's vocabulary. Every other name is {@link #OTHER}. */
enum Field {
    /** The end of the object. */
    END(""),
    /** A name that is not read. */
    OTHER(""),
    // of every object
    METADATA("metadata"),
    SPEC("spec"),
    STATUS("status"),
    API_VERSION("apiVersion"),
    KIND("kind"),
    NAME("name"),
    NAMESPACE("namespace"),
    UID("uid"),
    RESOURCE_VERSION("resourceVersion"),
    CREATION_TIMESTAMP("creationTimestamp"),
    DELETION_TIMESTAMP("deletionTimestamp"),
    GENERATION("generation"),
    LABELS("labels"),
    ANNOTATIONS("annotations"),
    OWNER_REFERENCES("ownerReferences"),
    CONTROLLER("controller"),
    CONDITIONS("conditions"),
    TYPE("type"),
    REASON("reason"),
    MESSAGE("message"),
    LAST_TRANSITION_TIME("lastTransitionTime"),
    OBSERVED_GENERATION("observedGeneration"),
    UNDECODABLE("x-tenant-pulse-undecodable"),
    // around objects: lists and lines of watches
    OBJECT("object"),
    CODE("code"),
    ITEMS("items"),
    CONTINUE("continue"),
    REMAINING_ITEM_COUNT("remainingItemCount"),
    RESOURCES("resources"),
    INITIAL_EVENTS_END("k8s.io/initial-events-end"),
    // labels and annotations
    OLD_REGISTRY("kubernetes-tenants.org/registry"),
    OLD_TENANT("kubernetes-tenants.org/tenant"),
    OLD_TENANT_NAMESPACE("kubernetes-tenants.org/tenant-namespace"),
    OLD_ORPHANED("kubernetes-tenants.org/orphaned"),
    OLD_TEMPLATE_GENERATION("kubernetes-tenants.org/template-generation"),
    OLD_APPLY_START_TIME("kubernetes-tenants.org/apply-start-time"),
    HUB("lynq.sh/hub"),
    NODE("lynq.sh/node"),
    NODE_NAMESPACE("lynq.sh/node-namespace"),
    ORPHANED("lynq.sh/orphaned"),
    TEMPLATE_GENERATION("lynq.sh/template-generation"),
    APPLY_START_TIME("lynq.sh/apply-start-time"),
    // tenants
    TEMPLATE_REF("templateRef"),
    SERVICE_ACCOUNTS("serviceAccounts"),
    DEPLOYMENTS("deployments"),
    STATEFUL_SETS("statefulSets"),
    DAEMON_SETS("daemonSets"),
    SERVICES("services"),
    INGRESSES("ingresses"),
    CONFIG_MAPS("configMaps"),
    SECRETS("secrets"),
    PERSISTENT_VOLUME_CLAIMS("persistentVolumeClaims"),
    JOBS("jobs"),
    CRON_JOBS("cronJobs"),
    POD_DISRUPTION_BUDGETS("podDisruptionBudgets"),
    NETWORK_POLICIES("networkPolicies"),
    HORIZONTAL_POD_AUTOSCALERS("horizontalPodAutoscalers"),
    NAMESPACES("namespaces"),
    MANIFESTS("manifests"),
    ID("id"),
    DEPEND_IDS("dependIds"),
    NAME_TEMPLATE("nameTemplate"),
    TARGET_NAMESPACE("targetNamespace"),
    WAIT_FOR_READY("waitForReady"),
    TIMEOUT_SECONDS("timeoutSeconds"),
    CREATION_POLICY("creationPolicy"),
    READY_RESOURCES("readyResources"),
    DESIRED_RESOURCES("desiredResources"),
    FAILED_RESOURCES("failedResources"),
    APPLIED_RESOURCES("appliedResources"),
    SKIPPED_RESOURCE_IDS("skippedResourceIds"),
    // registries and templates
    DESIRED("desired"),
    READY("ready"),
    FAILED("failed"),
    REFERENCING_TEMPLATES("referencingTemplates"),
    TOTAL_TENANTS("totalTenants"),
    READY_TENANTS("readyTenants"),
    TOTAL_NODES("totalNodes"),
    READY_NODES("readyNodes"),
    REGISTRY_ID("registryId"),
    HUB_ID("hubId"),
    // workloads
    REPLICAS("replicas"),
    UPDATED_REPLICAS("updatedReplicas"),
    READY_REPLICAS("readyReplicas"),
    AVAILABLE_REPLICAS("availableReplicas"),
    DESIRED_NUMBER_SCHEDULED("desiredNumberScheduled"),
    CURRENT_NUMBER_SCHEDULED("currentNumberScheduled"),
    UPDATED_NUMBER_SCHEDULED("updatedNumberScheduled"),
    NUMBER_READY("numberReady"),
    NUMBER_AVAILABLE("numberAvailable"),
    TEMPLATE("template"),
    JOB_TEMPLATE("jobTemplate"),
    CONTAINERS("containers"),
    INIT_CONTAINERS("initContainers"),
    IMAGE("image"),
    VOLUME_CLAIM_TEMPLATES("volumeClaimTemplates"),
    COMPLETIONS("completions"),
    BACKOFF_LIMIT("backoffLimit"),
    SUSPEND("suspend"),
    ACTIVE("active"),
    SUCCEEDED("succeeded"),
    // pods
    NODE_NAME("nodeName"),
    PHASE("phase"),
    CONTAINER_STATUSES("containerStatuses"),
    INIT_CONTAINER_STATUSES("initContainerStatuses"),
    RESTART_COUNT("restartCount"),
    STATE("state"),
    LAST_STATE("lastState"),
    WAITING("waiting"),
    RUNNING("running"),
    TERMINATED("terminated"),
    STARTED_AT("startedAt"),
    EXIT_CODE("exitCode"),
    // the rest
    STORAGE_CLASS_NAME("storageClassName"),
    VOLUME_BINDING_MODE("volumeBindingMode"),
    LOAD_BALANCER("loadBalancer"),
    INGRESS("ingress"),
    RULES("rules"),
    INVOLVED_OBJECT("involvedObject"),
    REGARDING("regarding"),
    NOTE("note"),
    COUNT("count"),
    DEPRECATED_COUNT("deprecatedCount"),
    SERIES("series"),
    FIRST_TIMESTAMP("firstTimestamp"),
    LAST_TIMESTAMP("lastTimestamp"),
    DEPRECATED_FIRST_TIMESTAMP("deprecatedFirstTimestamp"),
    DEPRECATED_LAST_TIMESTAMP("deprecatedLastTimestamp"),
    LAST_OBSERVED_TIME("lastObservedTime"),
    EVENT_TIME("eventTime");

    private static final int PLACES = 1024;
    private static final @Nullable Field[] BY_HASH = new Field[PLACES];

    static {
        for (Field each : values()) {
            if (!each.text.isEmpty()) {
                int place = place(each.first, each.last, each.name.length);
                while (BY_HASH[place] != null) {
                    place = place + 1 & PLACES - 1;
                }
                BY_HASH[place] = each;
            }
        }
    }

    private final String text;
    private final byte[] name;
    private final long first;
    private final long last;

    Field(String text) {
        this.text = text;
        this.name = text.getBytes(StandardCharsets.UTF_8);
        this.first = Skip.firstWord(name, 0, name.length);
        this.last = Skip.lastWord(name, 0, name.length);
    }

    /** As it stands in JSON. */
    String text() {
        return text;
    }

    /** The field of that name. */
    static Field of(byte[] in, int from, int length) {
        long first = Skip.firstWord(in, from, length);
        long last = Skip.lastWord(in, from, length);
        int place = place(first, last, length);
        for (Field found = BY_HASH[place]; found != null; found = BY_HASH[place]) {
            if (found.first == first
                    && found.last == last
                    && found.name.length == length
                    && (length <= 2 * Long.BYTES || Arrays.equals(found.name, 0, length, in, from, from + length))) {
                return found;
            }
            place = place + 1 & PLACES - 1;
        }
        return OTHER;
    }

    private static int place(long first, long last, int length) {
        return (int) (Skip.mix(Skip.mix(length, first), last) >>> 40) & PLACES - 1;
    }
}
