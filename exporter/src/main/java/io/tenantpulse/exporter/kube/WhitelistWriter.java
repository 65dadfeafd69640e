package io.tenantpulse.exporter.kube;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes facts as a Kubernetes object of which only the whitelisted fields are left: to read it gives the same facts. What is
 * no fact cannot be written, so a recording holds no more than the log does.
 */
public final class WhitelistWriter {
    private static final JsonFactory JSON = new JsonFactory();
    private static final String OLD = "kubernetes-tenants.org/";
    private static final String LYNQ = "lynq.sh/";

    private final JsonGenerator out;

    private WhitelistWriter(JsonGenerator out) {
        this.out = out;
    }

    /** The object as JSON in UTF-8, without line breaks. */
    public static byte[] write(Facts facts) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(1024);
        try (JsonGenerator out = JSON.createGenerator(bytes)) {
            new WhitelistWriter(out).object(facts);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private void object(Facts facts) throws IOException {
        out.writeStartObject();
        text("apiVersion", facts.kind().apiVersion());
        text("kind", facts.kind().kind());
        metadata(facts);
        if (facts.undecodable()) {
            out.writeBooleanField(Field.UNDECODABLE.text(), true);
        } else {
            new DetailWriter(out, this).write(facts);
        }
        out.writeEndObject();
    }

    private void metadata(Facts facts) throws IOException {
        out.writeObjectFieldStart("metadata");
        if (facts.detail() instanceof Detail.OfTenant tenant) {
            annotations(facts, tenant);
        }
        time("creationTimestamp", facts.createdAt());
        time("deletionTimestamp", facts.deletedAt());
        number("generation", facts.generation());
        labels(facts);
        text("name", facts.name().name());
        text("namespace", facts.name().namespace());
        owners(facts.owners());
        text("resourceVersion", facts.resourceVersion());
        text("uid", facts.uid());
        out.writeEndObject();
    }

    private void annotations(Facts facts, Detail.OfTenant tenant) throws IOException {
        String prefix = prefix(facts.kind().kind());
        out.writeObjectFieldStart("annotations");
        if (tenant.templateGeneration() != Facts.NONE) {
            text(prefix + "template-generation", Long.toString(tenant.templateGeneration()));
        }
        time(prefix + "apply-start-time", tenant.applyStartTime());
        out.writeEndObject();
    }

    private void labels(Facts facts) throws IOException {
        out.writeObjectFieldStart("labels");
        if (facts.detail() instanceof Detail.OfTenant tenant && tenant.registry() != null) {
            out.writeStringField(
                    prefix(facts.kind().kind()).equals(LYNQ) ? LYNQ + "hub" : OLD + "registry", tenant.registry());
        }
        ObjectName labelled = facts.labelledTenant();
        if (labelled != null) {
            String word = prefix(labelled.kind()) + (labelled.kind().equals("LynqNode") ? "node" : "tenant");
            out.writeStringField(word, labelled.name());
            out.writeStringField(word + "-namespace", labelled.namespace());
        }
        if (facts.orphaned()) {
            out.writeStringField(LYNQ + "orphaned", "true");
        }
        out.writeEndObject();
    }

    private static String prefix(String tenantKind) {
        return tenantKind.equals("LynqNode") ? LYNQ : OLD;
    }

    private void owners(List<OwnerRef> owners) throws IOException {
        if (owners.isEmpty()) {
            return;
        }
        out.writeArrayFieldStart("ownerReferences");
        for (OwnerRef each : owners) {
            out.writeStartObject();
            text(
                    "apiVersion",
                    each.owner().group().isEmpty() ? "v1" : each.owner().group() + "/v1");
            if (each.controller()) {
                out.writeBooleanField("controller", true);
            }
            text("kind", each.owner().kind());
            text("name", each.owner().name());
            text("uid", each.uid());
            out.writeEndObject();
        }
        out.writeEndArray();
    }

    void conditions(List<ConditionFacts> conditions) throws IOException {
        if (conditions.isEmpty()) {
            return;
        }
        out.writeArrayFieldStart("conditions");
        for (ConditionFacts each : conditions) {
            out.writeStartObject();
            time("lastTransitionTime", each.lastTransitionTime());
            nullable("message", each.message());
            nullable("reason", each.reason());
            text("status", each.status());
            out.writeStringField("type", each.type());
            out.writeEndObject();
        }
        out.writeEndArray();
    }

    /** An empty text is left out, for that is what an absent one is read as. */
    void text(String field, String value) throws IOException {
        if (!value.isEmpty()) {
            out.writeStringField(field, value);
        }
    }

    void nullable(String field, @Nullable String value) throws IOException {
        if (value != null) {
            out.writeStringField(field, value);
        }
    }

    void number(String field, long value) throws IOException {
        if (value != Facts.NONE) {
            out.writeNumberField(field, value);
        }
    }

    /** A count of 0 is left out, as operators do. */
    void count(String field, int value) throws IOException {
        if (value != 0) {
            out.writeNumberField(field, value);
        }
    }

    void time(String field, long millis) throws IOException {
        if (millis != Facts.NONE) {
            out.writeStringField(field, Instant.ofEpochMilli(millis).toString());
        }
    }

    void texts(String field, List<String> values) throws IOException {
        if (!values.isEmpty()) {
            out.writeArrayFieldStart(field);
            for (String each : values) {
                out.writeString(each);
            }
            out.writeEndArray();
        }
    }
}
