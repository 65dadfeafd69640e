package io.tenantpulse.exporter.kube;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads a tenant: of the bodies in its spec nothing but {@code apiVersion} and {@code kind}, and these only of manifests. */
final class TenantReader extends DetailReader {
    private static final int TIMEOUT_SECONDS = 300;
    private static final String CREATION_POLICY = "WhenNeeded";

    private final Read.FieldReader spec = this::spec;
    private final Read.FieldReader status = this::status;
    private final Read.FieldReader entry = this::entry;
    private final Read.FieldReader body = this::body;

    private boolean hasStatus;
    private long observedGeneration;
    private int desired;
    private int ready;
    private int failed;
    private List<String> applied = List.of();
    private List<String> skipped = List.of();
    private @Nullable String template;
    private final List<DependencyFacts> dependencies = new ArrayList<>();

    private boolean manifest;
    private String id = "";
    private String apiVersion = "";
    private String kind = "";
    private String targetNamespace = "";
    private String name = "";
    private List<String> dependIds = List.of();
    private boolean waitForReady;
    private int timeoutSeconds;
    private String creationPolicy = CREATION_POLICY;

    @Override
    void clear() {
        super.clear();
        hasStatus = false;
        observedGeneration = Facts.NONE;
        desired = 0;
        ready = 0;
        failed = 0;
        applied = List.of();
        skipped = List.of();
        template = null;
        dependencies.clear();
    }

    @Override
    void field(Field field, JsonReader in) {
        switch (field) {
            case SPEC -> Read.object(in, spec);
            case STATUS -> {
                hasStatus = in.peek() == '{';
                Read.object(in, status);
            }
            default -> in.skipValue();
        }
    }

    private void spec(Field field, JsonReader in) {
        switch (field) {
            case TEMPLATE_REF -> template = Read.text(in);
            case SERVICE_ACCOUNTS,
                    DEPLOYMENTS,
                    STATEFUL_SETS,
                    DAEMON_SETS,
                    SERVICES,
                    INGRESSES,
                    CONFIG_MAPS,
                    SECRETS,
                    PERSISTENT_VOLUME_CLAIMS,
                    JOBS,
                    CRON_JOBS,
                    POD_DISRUPTION_BUDGETS,
                    NETWORK_POLICIES,
                    HORIZONTAL_POD_AUTOSCALERS,
                    NAMESPACES,
                    MANIFESTS -> entries(field, in);
            default -> in.skipValue();
        }
    }

    private void entries(Field array, JsonReader in) {
        if (!in.beginArray()) {
            return;
        }
        manifest = array == Field.MANIFESTS;
        while (in.nextElement()) {
            id = "";
            apiVersion = manifest ? "" : DependencyFacts.apiVersionOf(array);
            kind = manifest ? "" : DependencyFacts.kindName(array);
            targetNamespace = "";
            name = "";
            dependIds = List.of();
            waitForReady = true;
            timeoutSeconds = TIMEOUT_SECONDS;
            creationPolicy = CREATION_POLICY;
            Read.object(in, entry);
            dependencies.add(new DependencyFacts(
                    array.text(),
                    id,
                    apiVersion,
                    kind,
                    targetNamespace,
                    name,
                    dependIds,
                    waitForReady,
                    timeoutSeconds,
                    creationPolicy));
        }
    }

    private void entry(Field field, JsonReader in) {
        switch (field) {
            case ID -> id = Read.textOr(in, "");
            case DEPEND_IDS -> dependIds = Read.strings(in);
            case NAME_TEMPLATE -> name = Read.textOr(in, "");
            case TARGET_NAMESPACE -> targetNamespace = Read.textOr(in, "");
            case WAIT_FOR_READY -> waitForReady = Read.flag(in, true);
            case TIMEOUT_SECONDS -> timeoutSeconds = Read.integer(in, TIMEOUT_SECONDS);
            case CREATION_POLICY -> creationPolicy = Read.textOr(in, CREATION_POLICY);
            case SPEC -> {
                if (manifest) {
                    Read.object(in, body);
                } else {
                    in.skipValue();
                }
            }
            default -> in.skipValue();
        }
    }

    private void body(Field field, JsonReader in) {
        switch (field) {
            case API_VERSION -> apiVersion = Read.textOr(in, "");
            case KIND -> kind = Read.textOr(in, "");
            default -> in.skipValue();
        }
    }

    private void status(Field field, JsonReader in) {
        switch (field) {
            case OBSERVED_GENERATION -> observedGeneration = Read.number(in);
            case DESIRED_RESOURCES -> desired = Read.integer(in, 0);
            case READY_RESOURCES -> ready = Read.integer(in, 0);
            case FAILED_RESOURCES -> failed = Read.integer(in, 0);
            case APPLIED_RESOURCES -> applied = Read.sortedStrings(in);
            case SKIPPED_RESOURCE_IDS -> skipped = Read.sortedStrings(in);
            case CONDITIONS -> conditions = conditionReader.read(in);
            default -> in.skipValue();
        }
    }

    @Override
    Detail detail(Metadata metadata) {
        return new Detail.OfTenant(
                hasStatus,
                observedGeneration,
                desired,
                ready,
                failed,
                applied,
                skipped,
                template,
                metadata.templateGenerationNumber(),
                metadata.registry,
                metadata.applyStartMillis(),
                List.copyOf(dependencies));
    }
}
