package io.tenantpulse.exporter.kube;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads {@code status.conditions}. */
final class Conditions {
    private static final Comparator<ConditionFacts> BY_TYPE = Comparator.comparing(ConditionFacts::type);

    private final Read.FieldReader fields = this::field;
    private @Nullable String type;
    private String status = "";
    private @Nullable String reason;
    private @Nullable String message;
    private long lastTransitionTime;

    /** The conditions sorted by type; one without a type is no condition. */
    List<ConditionFacts> read(JsonReader in) {
        if (!in.beginArray() || !in.nextElement()) {
            return List.of();
        }
        List<ConditionFacts> read = new ArrayList<>(6);
        do {
            type = null;
            status = "";
            reason = null;
            message = null;
            lastTransitionTime = Facts.NONE;
            Read.object(in, fields);
            if (type != null) {
                read.add(new ConditionFacts(type, status, reason, message, lastTransitionTime));
            }
        } while (in.nextElement());
        read.sort(BY_TYPE);
        return List.copyOf(read);
    }

    private void field(Field field, JsonReader in) {
        switch (field) {
            case TYPE -> type = Read.text(in);
            case STATUS -> status = Read.textOr(in, "");
            case REASON -> reason = Read.text(in);
            case MESSAGE -> message = Read.message(in);
            case LAST_TRANSITION_TIME -> lastTransitionTime = Read.time(in);
            default -> in.skipValue();
        }
    }
}
