package io.tenantpulse.exporter.kube;

import io.tenantpulse.exporter.WatchedKind;
import org.jspecify.annotations.Nullable;

/** Reads an Event of either API: {@code v1} or {@code events.k8s.io}. */
final class EventReader extends DetailReader {
    private final Read.FieldReader about = this::about;
    private final Read.FieldReader series = this::series;
    private String type = "";
    private String reason = "";
    private String message = "";
    private int messageStart;
    private int count;
    private int seriesCount;
    private long firstAt;
    private long lastAt;
    private long seriesAt;
    private long eventAt;
    private String apiVersion = "";
    private String kind = "";
    private String namespace = "";
    private String name = "";
    private @Nullable String uid;

    @Override
    void clear() {
        super.clear();
        type = "";
        reason = "";
        message = "";
        messageStart = -1;
        count = 1;
        seriesCount = 1;
        firstAt = Facts.NONE;
        lastAt = Facts.NONE;
        seriesAt = Facts.NONE;
        eventAt = Facts.NONE;
        apiVersion = "";
        kind = "";
        namespace = "";
        name = "";
        uid = null;
    }

    @Override
    void field(Field field, JsonReader in) {
        switch (field) {
            case TYPE -> type = Read.textOr(in, "");
            case REASON -> reason = Read.textOr(in, "");
            case MESSAGE, NOTE -> {
                messageStart = in.readNull() ? -1 : in.position();
                if (messageStart >= 0) {
                    in.skipValue();
                }
            }
            case COUNT, DEPRECATED_COUNT -> count = Read.integer(in, 1);
            case SERIES -> Read.object(in, series);
            case FIRST_TIMESTAMP, DEPRECATED_FIRST_TIMESTAMP -> firstAt = Read.time(in);
            case LAST_TIMESTAMP, DEPRECATED_LAST_TIMESTAMP -> lastAt = Read.time(in);
            case EVENT_TIME -> eventAt = Read.time(in);
            case INVOLVED_OBJECT, REGARDING -> Read.object(in, about);
            default -> in.skipValue();
        }
    }

    /** Only a warning's message is wanted, and which it is comes last. */
    @Override
    void finish(JsonReader in) {
        if (messageStart >= 0 && type.equals("Warning")) {
            int end = in.position();
            in.back(messageStart);
            message = in.readMessage();
            in.back(end);
        }
    }

    private void series(Field field, JsonReader in) {
        switch (field) {
            case COUNT -> seriesCount = Read.integer(in, 1);
            case LAST_OBSERVED_TIME -> seriesAt = Read.time(in);
            default -> in.skipValue();
        }
    }

    private void about(Field field, JsonReader in) {
        switch (field) {
            case API_VERSION -> apiVersion = Read.textOr(in, "");
            case KIND -> kind = Read.textOr(in, "");
            case NAMESPACE -> namespace = Read.textOr(in, "");
            case NAME -> name = Read.textOr(in, "");
            case UID -> uid = Read.text(in);
            default -> in.skipValue();
        }
    }

    @Override
    Detail detail(Metadata metadata) {
        String group = apiVersion.isEmpty()
                ? WatchedKind.ofKind(kind).map(WatchedKind::group).orElse("")
                : ObjectName.group(apiVersion);
        long last = Math.max(Math.max(lastAt, seriesAt), eventAt);
        return new Detail.OfEvent(
                type,
                reason,
                message,
                new ObjectName(group, kind, namespace, name),
                uid,
                Math.max(1, Math.max(count, seriesCount)),
                firstAt == Facts.NONE ? eventAt : firstAt,
                last);
    }
}
