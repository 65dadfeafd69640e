package io.tenantpulse.http;

import io.tenantpulse.detect.IncidentState;
import io.tenantpulse.detect.PastIncident;
import io.tenantpulse.detect.Told;
import io.tenantpulse.model.Counts;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Incidents, open and ended. */
final class IncidentJson {
    private IncidentJson() {}

    static @Nullable JsonObject open(@Nullable IncidentState incident) {
        if (incident == null) {
            return null;
        }
        JsonObject json = new JsonObject()
                .put("id", incident.id())
                .put("since", incident.since())
                .put("openedAt", incident.openedAt())
                .put("severity", TenantBody.word(incident.severity()))
                .put("alerts", incident.alerts());
        return putTold(json, incident.told(), incident.blockers(), incident.counts());
    }

    static JsonObject ended(PastIncident incident) {
        JsonObject json = new JsonObject()
                .put("id", incident.id())
                .put("uid", incident.uid())
                .put("since", incident.since())
                .put("openedAt", incident.openedAt())
                .put("endedAt", incident.endedAt())
                .put(
                        "reason",
                        incident.reason() == null ? null : incident.reason().word())
                .put("severity", TenantBody.word(incident.severity()))
                .put("alerts", incident.alerts());
        return putTold(json, incident.told(), incident.blockers(), incident.counts());
    }

    /** As it was last told: what had led to it, not what it looked like when it ended. */
    private static JsonObject putTold(
            JsonObject json, @Nullable Told told, List<String> blockers, @Nullable Counts counts) {
        if (told != null) {
            json.put("cause", told.cause())
                    .put("causeResource", told.resource())
                    .put("toldAt", told.at());
        }
        return json.put("blockers", blockers).put("counts", counts == null ? null : TenantBody.counts(counts));
    }
}
