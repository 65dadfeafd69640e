package io.tenantpulse.exporter.kube;

import org.jspecify.annotations.Nullable;

/** Reads a registry or a template: counts and conditions. */
final class FleetReader extends DetailReader {
    private final Read.FieldReader spec = this::spec;
    private final Read.FieldReader status = this::status;
    private final boolean template;
    private boolean hasStatus;
    private long observedGeneration;
    private int desired;
    private int ready;
    private int failed;
    private int referencingTemplates;
    private @Nullable String registry;

    FleetReader(boolean template) {
        this.template = template;
    }

    @Override
    void clear() {
        super.clear();
        hasStatus = false;
        observedGeneration = Facts.NONE;
        desired = 0;
        ready = 0;
        failed = 0;
        referencingTemplates = 0;
        registry = null;
    }

    @Override
    void field(Field field, JsonReader in) {
        switch (field) {
            case SPEC -> {
                if (template) {
                    Read.object(in, spec);
                } else {
                    in.skipValue();
                }
            }
            case STATUS -> {
                hasStatus = in.peek() == '{';
                Read.object(in, status);
            }
            default -> in.skipValue();
        }
    }

    private void spec(Field field, JsonReader in) {
        switch (field) {
            case REGISTRY_ID, HUB_ID -> registry = Read.text(in);
            default -> in.skipValue();
        }
    }

    private void status(Field field, JsonReader in) {
        switch (field) {
            case OBSERVED_GENERATION -> observedGeneration = Read.number(in);
            case DESIRED, TOTAL_TENANTS, TOTAL_NODES -> desired = Read.integer(in, 0);
            case READY, READY_TENANTS, READY_NODES -> ready = Read.integer(in, 0);
            case FAILED -> failed = Read.integer(in, 0);
            case REFERENCING_TEMPLATES -> referencingTemplates = Read.integer(in, 0);
            case CONDITIONS -> conditions = conditionReader.read(in);
            default -> in.skipValue();
        }
    }

    @Override
    Detail detail(Metadata metadata) {
        return template
                ? new Detail.OfTemplate(hasStatus, observedGeneration, desired, ready, registry)
                : new Detail.OfRegistry(hasStatus, observedGeneration, desired, ready, failed, referencingTemplates);
    }
}
