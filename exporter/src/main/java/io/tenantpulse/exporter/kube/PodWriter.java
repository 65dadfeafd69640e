package io.tenantpulse.exporter.kube;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;

/** Writes the spec and status of a pod. */
final class PodWriter {
    private final JsonGenerator out;
    private final WhitelistWriter fields;

    PodWriter(JsonGenerator out, WhitelistWriter fields) {
        this.out = out;
        this.fields = fields;
    }

    void write(Facts facts, Detail.OfPod pod) throws IOException {
        out.writeObjectFieldStart("spec");
        spec(pod, false);
        spec(pod, true);
        fields.nullable("nodeName", pod.node());
        out.writeEndObject();
        out.writeObjectFieldStart("status");
        fields.conditions(facts.conditions());
        statuses(pod, false);
        statuses(pod, true);
        fields.text("phase", pod.phase());
        fields.nullable("reason", pod.reason());
        out.writeEndObject();
    }

    private void spec(Detail.OfPod pod, boolean init) throws IOException {
        out.writeArrayFieldStart(init ? "initContainers" : "containers");
        for (Detail.ContainerFacts each : pod.containers()) {
            if (each.init() == init) {
                out.writeStartObject();
                fields.nullable("image", each.image());
                fields.text("name", each.name());
                out.writeEndObject();
            }
        }
        out.writeEndArray();
    }

    private void statuses(Detail.OfPod pod, boolean init) throws IOException {
        out.writeArrayFieldStart(init ? "initContainerStatuses" : "containerStatuses");
        for (Detail.ContainerFacts each : pod.containers()) {
            if (each.init() == init) {
                status(each);
            }
        }
        out.writeEndArray();
    }

    private void status(Detail.ContainerFacts container) throws IOException {
        boolean terminated = container.state().equals("terminated");
        out.writeStartObject();
        out.writeObjectFieldStart("lastState");
        if (container.lastReason() != null || (container.exitCode() != null && !terminated)) {
            out.writeObjectFieldStart("terminated");
            fields.nullable("reason", container.lastReason());
            if (container.exitCode() != null && !terminated) {
                out.writeNumberField("exitCode", container.exitCode());
            }
            out.writeEndObject();
        }
        out.writeEndObject();
        fields.text("name", container.name());
        out.writeBooleanField("ready", container.ready());
        fields.count("restartCount", container.restarts());
        out.writeObjectFieldStart("state");
        if (!container.state().isEmpty()) {
            out.writeObjectFieldStart(container.state());
            if (container.exitCode() != null && terminated) {
                out.writeNumberField("exitCode", container.exitCode());
            }
            fields.nullable("message", container.message());
            fields.nullable("reason", container.reason());
            fields.time("startedAt", container.startedAt());
            out.writeEndObject();
        }
        out.writeEndObject();
        out.writeEndObject();
    }
}
