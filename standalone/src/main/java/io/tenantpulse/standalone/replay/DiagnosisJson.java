package io.tenantpulse.standalone.replay;

import com.fasterxml.jackson.core.JsonGenerator;
import io.tenantpulse.v1.AlertTransition;
import io.tenantpulse.v1.Cause;
import io.tenantpulse.v1.Evidence;
import io.tenantpulse.v1.ObjectRef;
import io.tenantpulse.v1.Remedy;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes what an alert carries of its diagnosis; causes and blockers stand there whenever one was made. */
final class DiagnosisJson {
    private DiagnosisJson() {}

    static void write(JsonGenerator line, AlertTransition alert) throws IOException {
        if (alert.getSummary() != null) {
            line.writeArrayFieldStart("causes");
            for (Cause cause : alert.getCauses()) {
                write(line, cause);
            }
            line.writeEndArray();
            texts(line, "blockers", alert.getBlockers());
        }
        text(line, "blocker", alert.getBlocker());
        if (alert.getHeld() > 0) {
            line.writeNumberField("held", alert.getHeld());
        }
        someChains(line, alert.getChains());
        someTexts(line, "cycle", alert.getCycle());
        someTexts(line, "missing", alert.getMissing());
        someTexts(line, "regressed", alert.getRegressed());
        text(line, "operatorView", alert.getOperatorView());
        text(line, "ownView", alert.getOwnView());
        text(line, "viewDifference", alert.getViewDifference());
        text(line, "summary", alert.getSummary());
        text(line, "description", alert.getDescription());
        text(line, "runbookUrl", alert.getRunbookUrl());
    }

    private static void write(JsonGenerator line, Cause cause) throws IOException {
        line.writeStartObject();
        line.writeStringField("cause", cause.getCause());
        text(line, "resource", cause.getResource());
        texts(line, "resources", cause.getResources());
        line.writeStringField("confidence", cause.getConfidence());
        line.writeNumberField("count", cause.getCount());
        text(line, "subject", cause.getSubject());
        text(line, "detail", cause.getDetail());
        line.writeArrayFieldStart("evidence");
        for (Evidence evidence : cause.getEvidence()) {
            write(line, evidence);
        }
        line.writeEndArray();
        line.writeArrayFieldStart("remedies");
        for (Remedy remedy : cause.getRemedies()) {
            line.writeStartObject();
            line.writeStringField("why", remedy.getWhy());
            line.writeStringField("command", remedy.getCommand());
            line.writeBooleanField("mutating", remedy.getMutating());
            line.writeEndObject();
        }
        line.writeEndArray();
        line.writeEndObject();
    }

    private static void write(JsonGenerator line, Evidence evidence) throws IOException {
        ObjectRef object = evidence.getObject();
        String namespace = object.getNamespace().isEmpty() ? "" : object.getNamespace() + '/';
        line.writeStartObject();
        line.writeStringField("object", object.getKind() + '/' + namespace + object.getName());
        line.writeStringField("field", evidence.getField());
        line.writeStringField("value", evidence.getValue());
        text(
                line,
                "since",
                evidence.getSince() == null ? null : evidence.getSince().toString());
        line.writeEndObject();
    }

    private static void someChains(JsonGenerator line, List<List<String>> chains) throws IOException {
        if (!chains.isEmpty()) {
            line.writeArrayFieldStart("chains");
            for (List<String> chain : chains) {
                line.writeStartArray();
                for (String id : chain) {
                    line.writeString(id);
                }
                line.writeEndArray();
            }
            line.writeEndArray();
        }
    }

    private static void someTexts(JsonGenerator line, String field, List<String> values) throws IOException {
        if (!values.isEmpty()) {
            texts(line, field, values);
        }
    }

    private static void text(JsonGenerator line, String field, @Nullable String value) throws IOException {
        if (value != null) {
            line.writeStringField(field, value);
        }
    }

    private static void texts(JsonGenerator line, String field, List<String> values) throws IOException {
        line.writeArrayFieldStart(field);
        for (String value : values) {
            line.writeString(value);
        }
        line.writeEndArray();
    }
}
