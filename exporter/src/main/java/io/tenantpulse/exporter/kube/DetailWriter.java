package io.tenantpulse.exporter.kube;

import com.fasterxml.jackson.core.JsonGenerator;
import io.tenantpulse.exporter.WatchedKind;
import java.io.IOException;
import java.util.List;

/** Writes what each kind of object has beside metadata, where its kind has it in Kubernetes. */
final class DetailWriter {
    private final JsonGenerator out;
    private final WhitelistWriter fields;

    DetailWriter(JsonGenerator out, WhitelistWriter fields) {
        this.out = out;
        this.fields = fields;
    }

    void write(Facts facts) throws IOException {
        Detail detail = facts.detail();
        if (detail instanceof Detail.OfTenant tenant) {
            tenant(facts, tenant);
        } else if (detail instanceof Detail.OfRegistry registry) {
            registry(facts, registry);
        } else if (detail instanceof Detail.OfTemplate template) {
            template(facts, template);
        } else if (detail instanceof Detail.OfWorkload workload) {
            workload(facts, workload);
        } else if (detail instanceof Detail.OfJob job) {
            job(facts, job);
        } else if (detail instanceof Detail.OfPod pod) {
            new PodWriter(out, fields).write(facts, pod);
        } else if (detail instanceof Detail.OfEvent event) {
            event(event);
        } else {
            resource(facts);
        }
    }

    private void tenant(Facts facts, Detail.OfTenant tenant) throws IOException {
        out.writeObjectFieldStart("spec");
        fields.nullable("templateRef", tenant.template());
        String array = "";
        for (DependencyFacts each : tenant.dependencies()) {
            if (!each.array().equals(array)) {
                if (!array.isEmpty()) {
                    out.writeEndArray();
                }
                array = each.array();
                out.writeArrayFieldStart(array);
            }
            entry(each);
        }
        if (!array.isEmpty()) {
            out.writeEndArray();
        }
        out.writeEndObject();
        if (tenant.hasStatus()) {
            out.writeObjectFieldStart("status");
            fields.texts("appliedResources", tenant.applied());
            fields.conditions(facts.conditions());
            fields.count("desiredResources", tenant.desired());
            fields.count("failedResources", tenant.failed());
            fields.number("observedGeneration", tenant.observedGeneration());
            fields.count("readyResources", tenant.ready());
            fields.texts("skippedResourceIds", tenant.skipped());
            out.writeEndObject();
        }
    }

    private void entry(DependencyFacts entry) throws IOException {
        out.writeStartObject();
        fields.text("creationPolicy", entry.creationPolicy());
        fields.texts("dependIds", entry.dependIds());
        fields.text("id", entry.id());
        fields.text("nameTemplate", entry.name());
        if (entry.array().equals(Field.MANIFESTS.text())) {
            out.writeObjectFieldStart("spec");
            fields.text("apiVersion", entry.apiVersion());
            fields.text("kind", entry.kind());
            out.writeEndObject();
        }
        fields.text("targetNamespace", entry.targetNamespace());
        out.writeNumberField("timeoutSeconds", entry.timeoutSeconds());
        out.writeBooleanField("waitForReady", entry.waitForReady());
        out.writeEndObject();
    }

    private void registry(Facts facts, Detail.OfRegistry registry) throws IOException {
        if (registry.hasStatus()) {
            out.writeObjectFieldStart("status");
            fields.conditions(facts.conditions());
            fields.count("desired", registry.desired());
            fields.count("failed", registry.failed());
            fields.number("observedGeneration", registry.observedGeneration());
            fields.count("ready", registry.ready());
            fields.count("referencingTemplates", registry.referencingTemplates());
            out.writeEndObject();
        }
    }

    private void template(Facts facts, Detail.OfTemplate template) throws IOException {
        boolean lynq = facts.kind() == WatchedKind.LYNQ_FORM;
        out.writeObjectFieldStart("spec");
        fields.nullable(lynq ? "hubId" : "registryId", template.registry());
        out.writeEndObject();
        if (template.hasStatus()) {
            out.writeObjectFieldStart("status");
            fields.conditions(facts.conditions());
            fields.number("observedGeneration", template.observedGeneration());
            fields.count(lynq ? "readyNodes" : "readyTenants", template.ready());
            fields.count(lynq ? "totalNodes" : "totalTenants", template.total());
            out.writeEndObject();
        }
    }

    private void workload(Facts facts, Detail.OfWorkload workload) throws IOException {
        boolean daemonSet = facts.kind() == WatchedKind.DAEMON_SET;
        out.writeObjectFieldStart("spec");
        if (facts.kind() == WatchedKind.CRON_JOB) {
            out.writeObjectFieldStart("jobTemplate");
            out.writeObjectFieldStart("spec");
            podTemplate(workload.images());
            out.writeEndObject();
            out.writeEndObject();
        } else {
            if (!daemonSet) {
                out.writeNumberField("replicas", workload.desired());
            }
            podTemplate(workload.images());
        }
        if (!workload.claimTemplates().isEmpty()) {
            out.writeArrayFieldStart("volumeClaimTemplates");
            for (String each : workload.claimTemplates()) {
                out.writeStartObject();
                out.writeObjectFieldStart("metadata");
                out.writeStringField("name", each);
                out.writeEndObject();
                out.writeEndObject();
            }
            out.writeEndArray();
        }
        out.writeEndObject();
        if (facts.kind() != WatchedKind.CRON_JOB) {
            workloadStatus(facts, workload, daemonSet);
        }
    }

    private void workloadStatus(Facts facts, Detail.OfWorkload workload, boolean daemonSet) throws IOException {
        out.writeObjectFieldStart("status");
        fields.count(daemonSet ? "numberAvailable" : "availableReplicas", workload.available());
        fields.conditions(facts.conditions());
        if (daemonSet) {
            out.writeNumberField("desiredNumberScheduled", workload.desired());
        }
        fields.number("observedGeneration", workload.observedGeneration());
        fields.count(daemonSet ? "numberReady" : "readyReplicas", workload.ready());
        fields.count(daemonSet ? "currentNumberScheduled" : "replicas", workload.current());
        fields.count(daemonSet ? "updatedNumberScheduled" : "updatedReplicas", workload.updated());
        out.writeEndObject();
    }

    private void podTemplate(List<String> images) throws IOException {
        out.writeObjectFieldStart("template");
        out.writeObjectFieldStart("spec");
        out.writeArrayFieldStart("containers");
        for (String each : images) {
            out.writeStartObject();
            out.writeStringField("image", each);
            out.writeEndObject();
        }
        out.writeEndArray();
        out.writeEndObject();
        out.writeEndObject();
    }

    private void job(Facts facts, Detail.OfJob job) throws IOException {
        out.writeObjectFieldStart("spec");
        if (job.backoffLimit() != null) {
            out.writeNumberField("backoffLimit", job.backoffLimit());
        }
        if (job.completions() != null) {
            out.writeNumberField("completions", job.completions());
        }
        if (job.suspended()) {
            out.writeBooleanField("suspend", true);
        }
        podTemplate(job.images());
        out.writeEndObject();
        out.writeObjectFieldStart("status");
        fields.count("active", job.active());
        fields.conditions(facts.conditions());
        fields.count("failed", job.failed());
        fields.count("succeeded", job.succeeded());
        out.writeEndObject();
    }

    private void event(Detail.OfEvent event) throws IOException {
        out.writeNumberField("count", event.count());
        fields.time("firstTimestamp", event.firstAt());
        out.writeObjectFieldStart("involvedObject");
        String group = event.object().group();
        fields.text("apiVersion", group.isEmpty() ? "v1" : group + "/v1");
        fields.text("kind", event.object().kind());
        fields.text("name", event.object().name());
        fields.text("namespace", event.object().namespace());
        fields.nullable("uid", event.objectUid());
        out.writeEndObject();
        fields.time("lastTimestamp", event.lastAt());
        fields.text("message", event.message());
        fields.text("reason", event.reason());
        fields.text("type", event.type());
    }

    private void resource(Facts facts) throws IOException {
        Detail detail = facts.detail();
        if (detail instanceof Detail.OfStorageClass storageClass) {
            fields.nullable("volumeBindingMode", storageClass.bindingMode());
        }
        if (detail instanceof Detail.OfNode node) {
            status(
                    "",
                    false,
                    List.of(new ConditionFacts("Ready", node.ready() ? "True" : "False", null, null, Facts.NONE)));
            return;
        }
        out.writeObjectFieldStart("spec");
        if (detail instanceof Detail.OfService service) {
            fields.nullable("type", service.type());
        } else if (detail instanceof Detail.OfClaim claim) {
            fields.nullable("storageClassName", claim.storageClass());
        } else if (detail instanceof Detail.OfIngress ingress && ingress.hasRule()) {
            something("rules");
        }
        out.writeEndObject();
        String phase = detail instanceof Detail.OfNamespace namespace
                ? namespace.phase()
                : detail instanceof Detail.OfClaim claim ? claim.phase() : "";
        boolean address = detail instanceof Detail.OfService service
                ? service.hasAddress()
                : detail instanceof Detail.OfIngress ingress && ingress.hasAddress();
        status(phase, address, facts.conditions());
    }

    private void status(String phase, boolean address, List<ConditionFacts> conditions) throws IOException {
        out.writeObjectFieldStart("status");
        fields.conditions(conditions);
        if (address) {
            out.writeObjectFieldStart("loadBalancer");
            something("ingress");
            out.writeEndObject();
        }
        fields.text("phase", phase);
        out.writeEndObject();
    }

    /** An array of which only matters that it has an entry. */
    private void something(String field) throws IOException {
        out.writeArrayFieldStart(field);
        out.writeStartObject();
        out.writeEndObject();
        out.writeEndArray();
    }
}
