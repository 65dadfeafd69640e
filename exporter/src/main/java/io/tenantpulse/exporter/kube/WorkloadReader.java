package io.tenantpulse.exporter.kube;

import io.tenantpulse.exporter.WatchedKind;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads what runs pods: counts, and of the pod template the images only. */
final class WorkloadReader extends DetailReader {
    private final Read.FieldReader spec = this::spec;
    private final Read.FieldReader status = this::status;
    private final Read.FieldReader jobTemplate = this::jobTemplate;
    private final Read.FieldReader podTemplate = this::podTemplate;
    private final Read.FieldReader podSpec = this::podSpec;
    private final Read.FieldReader container = this::container;
    private final Read.FieldReader claimTemplate = this::claimTemplate;
    private final Read.FieldReader claimMetadata = this::claimMetadata;

    private final boolean job;
    private final boolean daemonSet;
    private final boolean cronJob;
    private int desired;
    private int current;
    private int updated;
    private int ready;
    private int available;
    private long observedGeneration;
    private final List<String> images = new ArrayList<>();
    private final List<String> claimTemplates = new ArrayList<>();
    private int active;
    private int succeeded;
    private int failed;
    private @Nullable Integer completions;
    private @Nullable Integer backoffLimit;
    private boolean suspended;

    WorkloadReader(WatchedKind kind) {
        job = kind == WatchedKind.JOB;
        daemonSet = kind == WatchedKind.DAEMON_SET;
        cronJob = kind == WatchedKind.CRON_JOB;
    }

    @Override
    void clear() {
        super.clear();
        desired = daemonSet ? 0 : 1;
        current = 0;
        updated = 0;
        ready = 0;
        available = 0;
        observedGeneration = Facts.NONE;
        images.clear();
        claimTemplates.clear();
        active = 0;
        succeeded = 0;
        failed = 0;
        completions = null;
        backoffLimit = null;
        suspended = false;
    }

    @Override
    void field(Field field, JsonReader in) {
        switch (field) {
            case SPEC -> Read.object(in, spec);
            case STATUS -> {
                if (cronJob) {
                    in.skipValue();
                } else {
                    Read.object(in, status);
                }
            }
            default -> in.skipValue();
        }
    }

    private void spec(Field field, JsonReader in) {
        switch (field) {
            case REPLICAS -> desired = Read.integer(in, 1);
            case TEMPLATE -> Read.object(in, podTemplate);
            case JOB_TEMPLATE -> Read.object(in, jobTemplate);
            case VOLUME_CLAIM_TEMPLATES -> {
                if (in.beginArray()) {
                    while (in.nextElement()) {
                        Read.object(in, claimTemplate);
                    }
                }
            }
            case COMPLETIONS -> completions = Read.integerOrNull(in);
            case BACKOFF_LIMIT -> backoffLimit = Read.integerOrNull(in);
            case SUSPEND -> suspended = Read.flag(in, false);
            default -> in.skipValue();
        }
    }

    private void jobTemplate(Field field, JsonReader in) {
        if (field == Field.SPEC) {
            Read.object(in, (inner, reader) -> {
                if (inner == Field.TEMPLATE) {
                    Read.object(reader, podTemplate);
                } else {
                    reader.skipValue();
                }
            });
        } else {
            in.skipValue();
        }
    }

    private void podTemplate(Field field, JsonReader in) {
        if (field == Field.SPEC) {
            Read.object(in, podSpec);
        } else {
            in.skipValue();
        }
    }

    private void podSpec(Field field, JsonReader in) {
        if ((field == Field.CONTAINERS || field == Field.INIT_CONTAINERS)) {
            if (in.beginArray()) {
                while (in.nextElement()) {
                    Read.object(in, container);
                }
            }
        } else {
            in.skipValue();
        }
    }

    private void container(Field field, JsonReader in) {
        if (field == Field.IMAGE && !in.readNull()) {
            images.add(in.readString());
        } else if (field != Field.IMAGE) {
            in.skipValue();
        }
    }

    private void claimTemplate(Field field, JsonReader in) {
        if (field == Field.METADATA) {
            Read.object(in, claimMetadata);
        } else {
            in.skipValue();
        }
    }

    private void claimMetadata(Field field, JsonReader in) {
        if (field == Field.NAME) {
            claimTemplates.add(in.readString());
        } else {
            in.skipValue();
        }
    }

    private void status(Field field, JsonReader in) {
        switch (field) {
            case OBSERVED_GENERATION -> observedGeneration = Read.number(in);
            case DESIRED_NUMBER_SCHEDULED -> desired = Read.integer(in, 0);
            case REPLICAS, CURRENT_NUMBER_SCHEDULED -> current = Read.integer(in, 0);
            case UPDATED_REPLICAS, UPDATED_NUMBER_SCHEDULED -> updated = Read.integer(in, 0);
            case READY_REPLICAS, NUMBER_READY -> ready = Read.integer(in, 0);
            case AVAILABLE_REPLICAS, NUMBER_AVAILABLE -> available = Read.integer(in, 0);
            case SUCCEEDED -> succeeded = Read.integer(in, 0);
            case FAILED -> failed = Read.integer(in, 0);
            case ACTIVE -> active = job ? Read.integer(in, 0) : 0;
            case CONDITIONS -> conditions = conditionReader.read(in);
            default -> in.skipValue();
        }
    }

    @Override
    Detail detail(Metadata metadata) {
        if (job) {
            return new Detail.OfJob(
                    active, succeeded, failed, completions, backoffLimit, suspended, List.copyOf(images));
        }
        return new Detail.OfWorkload(
                desired,
                current,
                updated,
                ready,
                available,
                observedGeneration,
                List.copyOf(images),
                List.copyOf(claimTemplates));
    }
}
