package io.tenantpulse.exporter.kube;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads a pod: phase, node, conditions and the state of its containers. */
final class PodReader extends DetailReader {
    private final Read.FieldReader spec = this::spec;
    private final Read.FieldReader status = this::status;
    private final Read.FieldReader asked = this::asked;
    private final Read.FieldReader had = this::had;
    private final Read.FieldReader state = this::state;
    private final Read.FieldReader stateFields = this::stateFields;
    private final Read.FieldReader lastState = this::lastState;
    private final Read.FieldReader lastFields = this::lastFields;

    private String phase = "";
    private @Nullable String reason;
    private @Nullable String node;
    private final List<Asked> containers = new ArrayList<>();
    private final List<Asked> initContainers = new ArrayList<>();
    private final List<Had> statuses = new ArrayList<>();
    private final List<Had> initStatuses = new ArrayList<>();
    private Asked askedNow = new Asked();
    private Had hadNow = new Had();

    /** A container of the spec. */
    private static final class Asked {
        private String name = "";
        private @Nullable String image;
    }

    /** The status of a container. */
    private static final class Had {
        private String name = "";
        private boolean ready;
        private int restarts;
        private String state = "";
        private @Nullable String reason;
        private @Nullable String message;
        private @Nullable Integer exitCode;
        private @Nullable String lastReason;
        private @Nullable Integer lastExitCode;
        private long startedAt = Facts.NONE;
    }

    @Override
    void clear() {
        super.clear();
        phase = "";
        reason = null;
        node = null;
        containers.clear();
        initContainers.clear();
        statuses.clear();
        initStatuses.clear();
    }

    @Override
    void field(Field field, JsonReader in) {
        switch (field) {
            case SPEC -> Read.object(in, spec);
            case STATUS -> Read.object(in, status);
            default -> in.skipValue();
        }
    }

    private void spec(Field field, JsonReader in) {
        switch (field) {
            case NODE_NAME -> node = Read.text(in);
            case CONTAINERS -> asked(in, containers);
            case INIT_CONTAINERS -> asked(in, initContainers);
            default -> in.skipValue();
        }
    }

    private void asked(JsonReader in, List<Asked> into) {
        if (in.beginArray()) {
            while (in.nextElement()) {
                askedNow = new Asked();
                Read.object(in, asked);
                into.add(askedNow);
            }
        }
    }

    private void asked(Field field, JsonReader in) {
        switch (field) {
            case NAME -> askedNow.name = Read.textOr(in, "");
            case IMAGE -> askedNow.image = Read.text(in);
            default -> in.skipValue();
        }
    }

    private void status(Field field, JsonReader in) {
        switch (field) {
            case PHASE -> phase = Read.textOr(in, "");
            case REASON -> reason = Read.text(in);
            case CONDITIONS -> conditions = conditionReader.read(in);
            case CONTAINER_STATUSES -> had(in, statuses);
            case INIT_CONTAINER_STATUSES -> had(in, initStatuses);
            default -> in.skipValue();
        }
    }

    private void had(JsonReader in, List<Had> into) {
        if (in.beginArray()) {
            while (in.nextElement()) {
                hadNow = new Had();
                Read.object(in, had);
                into.add(hadNow);
            }
        }
    }

    private void had(Field field, JsonReader in) {
        switch (field) {
            case NAME -> hadNow.name = Read.textOr(in, "");
            case READY -> hadNow.ready = Read.flag(in, false);
            case RESTART_COUNT -> hadNow.restarts = Read.integer(in, 0);
            case STATE -> Read.object(in, state);
            case LAST_STATE -> Read.object(in, lastState);
            default -> in.skipValue();
        }
    }

    private void state(Field field, JsonReader in) {
        switch (field) {
            case WAITING, RUNNING, TERMINATED -> {
                hadNow.state = field.text();
                Read.object(in, stateFields);
            }
            default -> in.skipValue();
        }
    }

    private void stateFields(Field field, JsonReader in) {
        switch (field) {
            case REASON -> hadNow.reason = Read.text(in);
            case MESSAGE -> hadNow.message = Read.message(in);
            case EXIT_CODE -> hadNow.exitCode = Read.integerOrNull(in);
            case STARTED_AT -> {
                long at = Read.time(in);
                hadNow.startedAt = hadNow.state.equals("running") ? at : Facts.NONE;
            }
            default -> in.skipValue();
        }
    }

    private void lastState(Field field, JsonReader in) {
        if (field == Field.TERMINATED) {
            Read.object(in, lastFields);
        } else {
            in.skipValue();
        }
    }

    private void lastFields(Field field, JsonReader in) {
        switch (field) {
            case REASON -> hadNow.lastReason = Read.text(in);
            case EXIT_CODE -> hadNow.lastExitCode = Read.integerOrNull(in);
            default -> in.skipValue();
        }
    }

    @Override
    Detail detail(Metadata metadata) {
        List<Detail.ContainerFacts> joined = new ArrayList<>(containers.size() + initContainers.size());
        join(initContainers, initStatuses, true, joined);
        join(containers, statuses, false, joined);
        return new Detail.OfPod(phase, reason, node, List.copyOf(joined));
    }

    private static void join(List<Asked> asked, List<Had> statuses, boolean init, List<Detail.ContainerFacts> into) {
        for (Asked each : asked) {
            Had had = new Had();
            for (Had status : statuses) {
                if (status.name.equals(each.name)) {
                    had = status;
                }
            }
            into.add(new Detail.ContainerFacts(
                    each.name,
                    init,
                    each.image,
                    had.ready,
                    had.restarts,
                    had.state,
                    had.reason,
                    had.message,
                    had.state.equals("terminated") ? had.exitCode : had.lastExitCode,
                    had.lastReason,
                    had.startedAt));
        }
    }
}
