package io.tenantpulse.http;

import io.tenantpulse.diagnose.Cause;
import io.tenantpulse.diagnose.Evidence;
import io.tenantpulse.diagnose.Remedy;
import io.tenantpulse.model.ObjectId;
import io.tenantpulse.model.TenantId;

/** Causes with their evidence and remedies, in the words of the alerts. */
final class CauseJson {
    private CauseJson() {}

    static JsonObject cause(Cause cause) {
        return new JsonObject()
                .put("cause", cause.word().word())
                .put(
                        "resource",
                        cause.resources().isEmpty() ? null : cause.resources().get(0))
                .put("resources", cause.resources())
                .put("confidence", TenantBody.word(cause.confidence()))
                .put("count", cause.count())
                .put("subject", cause.subject())
                .put("detail", cause.detail())
                .put("evidence", cause.evidence(), CauseJson::evidence)
                .put("remedies", cause.remedies(), CauseJson::remedy);
    }

    private static JsonObject evidence(Evidence evidence) {
        return new JsonObject()
                .put("object", name(evidence.object()))
                .put("field", evidence.field())
                .put("value", evidence.value())
                .put("since", evidence.since());
    }

    private static JsonObject remedy(Remedy remedy) {
        return new JsonObject()
                .put("why", remedy.why())
                .put("command", remedy.command(null))
                .put("arguments", remedy.arguments())
                .put("mutating", remedy.mutating());
    }

    /** As its alerts name it: {@code cluster/namespace/name}. */
    static String path(TenantId tenant) {
        return tenant.cluster() + '/' + tenant.namespace() + '/' + tenant.name();
    }

    /** {@code Pod/namespace/name}; without namespace where there is none. */
    static String name(ObjectId object) {
        String namespace = object.namespace().isEmpty() ? "" : object.namespace() + '/';
        return object.kind() + '/' + namespace + object.name();
    }
}
