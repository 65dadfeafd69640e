package io.tenantpulse.detect;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * The newest incidents of one tenant's name that have ended. They outlive the tenant's object, so that who deletes a tenant
 * and creates it anew still sees what it went through.
 *
 * @param incidents in the order in which they ended, the newest last; at most {@value #LIMIT}
 * @param deadline where it stands in the index of deadlines: then it is forgotten if there is no such tenant
 */
public record IncidentHistory(List<PastIncident> incidents, Instant deadline) {
    /** So many are remembered. */
    public static final int LIMIT = 20;

    public IncidentHistory {
        incidents = List.copyOf(incidents);
    }

    IncidentHistory with(PastIncident newest, Instant now) {
        List<PastIncident> all = new ArrayList<>(incidents);
        all.add(newest);
        return new IncidentHistory(all.subList(Math.max(0, all.size() - LIMIT), all.size()), now);
    }

    IncidentHistory standingAt(Instant now) {
        return new IncidentHistory(incidents, now);
    }
}
