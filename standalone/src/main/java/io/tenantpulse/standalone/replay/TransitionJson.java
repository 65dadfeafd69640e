package io.tenantpulse.standalone.replay;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteFeature;
import io.tenantpulse.v1.AlertTransition;
import io.tenantpulse.v1.Surge;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Writes a transition as one JSON line: fields in a fixed order, absent ones left out. */
final class TransitionJson {
    private static final long MILLIS_PER_SECOND = 1000;

    private final JsonFactory json = JsonFactory.builder()
            .disable(StreamWriteFeature.AUTO_CLOSE_TARGET)
            .disable(StreamWriteFeature.FLUSH_PASSED_TO_STREAM)
            .build();
    private final OutputStream out;

    TransitionJson(OutputStream out) {
        this.out = out;
    }

    void write(AlertTransition transition) throws IOException {
        try (JsonGenerator line = json.createGenerator(out)) {
            line.writeStartObject();
            writeIdentity(line, transition);
            writeLabels(line, transition.getLabels());
            writeFigures(line, transition);
            writeSurge(line, transition.getSurge());
            DiagnosisJson.write(line, transition);
            line.writeEndObject();
        }
        out.write('\n');
    }

    private static void writeIdentity(JsonGenerator line, AlertTransition transition) throws IOException {
        line.writeStringField("alert", transition.getAlert());
        line.writeStringField("cluster", transition.getCluster());
        writeText(line, "namespace", transition.getNamespace());
        writeText(line, "kind", transition.getKind());
        writeText(line, "tenant", transition.getTenant());
        line.writeStringField("status", transition.getStatus().name().toLowerCase(Locale.ROOT));
        line.writeStringField("at", transition.getAt().toString());
        line.writeStringField("since", transition.getSince().toString());
        line.writeStringField("severity", transition.getSeverity());
        writeText(line, "incident", transition.getIncident());
        writeText(line, "reason", transition.getReason());
    }

    private static void writeLabels(JsonGenerator line, Map<String, String> labels) throws IOException {
        line.writeObjectFieldStart("labels");
        for (Map.Entry<String, String> label : new TreeMap<>(labels).entrySet()) {
            line.writeStringField(label.getKey(), label.getValue());
        }
        line.writeEndObject();
    }

    private static void writeFigures(JsonGenerator line, AlertTransition transition) throws IOException {
        writeCount(line, "ready", transition.getReady());
        writeCount(line, "desired", transition.getDesired());
        writeCount(line, "failed", transition.getFailed());
        writeSeconds(line, "frozen", transition.getFrozenMillis());
        line.writeStringField("continuity", transition.getContinuity());
        if (!transition.getObservability().equals("observed")) {
            line.writeStringField("observability", transition.getObservability());
        }
        writeTexts(line, "notReady", transition.getNotReady());
        writeText(line, "uid", transition.getUid());
    }

    private static void writeSurge(JsonGenerator line, @Nullable Surge surge) throws IOException {
        if (surge == null) {
            return;
        }
        line.writeObjectFieldStart("surge");
        line.writeNumberField("members", surge.getMembers());
        line.writeNumberField("tenants", surge.getTenants());
        line.writeNumberField("usualShare", surge.getUsualShare());
        writeTime(line, "firstSince", surge.getFirstSince());
        writeTime(line, "lastSince", surge.getLastSince());
        line.writeStringField("direction", surge.getDirection());
        if (surge.getRollout() != null) {
            line.writeStringField("rollout", surge.getRollout());
            line.writeNumberField("rolloutMembers", surge.getRolloutMembers());
        }
        line.writeEndObject();
    }

    private static void writeTime(JsonGenerator line, String field, @Nullable Instant time) throws IOException {
        writeText(line, field, time == null ? null : time.toString());
    }

    private static void writeText(JsonGenerator line, String field, @Nullable String value) throws IOException {
        if (value != null) {
            line.writeStringField(field, value);
        }
    }

    private static void writeCount(JsonGenerator line, String field, @Nullable Integer value) throws IOException {
        if (value != null) {
            line.writeNumberField(field, value);
        }
    }

    private static void writeSeconds(JsonGenerator line, String field, long millis) throws IOException {
        if (millis % MILLIS_PER_SECOND == 0) {
            line.writeNumberField(field, millis / MILLIS_PER_SECOND);
        } else {
            line.writeNumberField(field, millis / (double) MILLIS_PER_SECOND);
        }
    }

    private static void writeTexts(JsonGenerator line, String field, List<String> values) throws IOException {
        line.writeArrayFieldStart(field);
        for (String value : values) {
            line.writeString(value);
        }
        line.writeEndArray();
    }
}
