package io.tenantpulse.http;

import io.tenantpulse.detect.ResourceState;
import io.tenantpulse.model.ClaimFacts;
import io.tenantpulse.model.Facts;
import io.tenantpulse.model.JobFacts;
import io.tenantpulse.model.PodFacts;
import io.tenantpulse.model.Replicas;
import org.jspecify.annotations.Nullable;

/** An object of a tenant with all that is remembered of it. */
final class ObjectJson {
    private ObjectJson() {}

    static JsonObject object(ResourceState state) {
        Facts facts = state.facts();
        return new JsonObject()
                .put("group", state.object().group())
                .put("kind", state.object().kind())
                .put("namespace", state.object().namespace())
                .put("name", state.object().name())
                .put("uid", state.uid())
                .put("resourceVersion", state.resourceVersion())
                .put("resource", state.resourceId())
                .put("owned", state.owned())
                .put("parentUid", facts.parentUid())
                .put("readiness", TenantBody.word(state.readiness()))
                .put("reason", state.reason())
                .put("since", state.since())
                .put("seenAt", state.seenAt())
                .put("lastReadyAt", state.lastReadyAt())
                .put("undecodable", state.undecodable())
                .put("createdAt", state.createdAt())
                .put("deletionTimestamp", facts.deletionTimestamp())
                .put("conditions", facts.conditions(), TenantBody::condition)
                .put("replicas", replicas(facts.replicas()))
                .put("pod", pod(facts.pod()))
                .put("claim", claim(facts.claim()))
                .put("job", job(facts.job()))
                .put("serviceType", facts.serviceType())
                .put("images", facts.images());
    }

    static @Nullable JsonObject replicas(@Nullable Replicas replicas) {
        if (replicas == null) {
            return null;
        }
        return new JsonObject()
                .put("desired", replicas.desired())
                .put("current", replicas.current())
                .put("updated", replicas.updated())
                .put("ready", replicas.ready())
                .put("available", replicas.available())
                .put("generation", replicas.generation())
                .put("observedGeneration", replicas.observedGeneration());
    }

    private static @Nullable JsonObject pod(@Nullable PodFacts pod) {
        if (pod == null) {
            return null;
        }
        return new JsonObject()
                .put("phase", pod.phase())
                .put("reason", pod.reason())
                .put("node", pod.node())
                .put("nodeReady", pod.nodeReady())
                .put("containers", pod.containers(), ResourceJson::container);
    }

    private static @Nullable JsonObject claim(@Nullable ClaimFacts claim) {
        if (claim == null) {
            return null;
        }
        return new JsonObject()
                .put("phase", claim.phase())
                .put("storageClass", claim.storageClass())
                .put("storageClassExists", claim.storageClassExists())
                .put("bindingMode", claim.bindingMode());
    }

    private static @Nullable JsonObject job(@Nullable JobFacts job) {
        if (job == null) {
            return null;
        }
        return new JsonObject()
                .put("active", job.active())
                .put("succeeded", job.succeeded())
                .put("failed", job.failed())
                .put("completions", job.completions())
                .put("backoffLimit", job.backoffLimit())
                .put("suspended", job.suspended());
    }
}
