package io.tenantpulse.detect;

import io.tenantpulse.model.TenantId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** What is remembered of incidents that have ended. Nothing of it is touched but when one ends, a tenant goes, or time is up. */
final class PastIncidents {
    /** What is remembered of a name outlives its tenant by as much: longer than a weekend. */
    static final Duration AGE = Duration.ofDays(7);

    private final Memory memory;

    PastIncidents(Memory memory) {
        this.memory = memory;
    }

    void add(TenantId tenant, PastIncident ended, Instant at) {
        IncidentHistory before = memory.incidents(tenant);
        Instant deadline = at.plus(AGE);
        if (before == null) {
            memory.put(tenant, new IncidentHistory(List.of(ended), deadline), null);
        } else {
            memory.put(tenant, before.with(ended, deadline), before.deadline());
        }
    }

    /** The tenant exists no longer: its incidents are remembered for some time from now on. */
    void onRemoved(TenantId tenant, Instant at) {
        IncidentHistory before = memory.incidents(tenant);
        if (before != null) {
            memory.put(tenant, before.standingAt(at.plus(AGE)), before.deadline());
        }
    }

    /** Forgets what was remembered of names that no tenant has had for long enough. */
    void expire(ClusterState cluster, Instant watermark) {
        for (TenantId due : memory.agedIncidents(cluster.cluster(), watermark)) {
            IncidentHistory known = known(due);
            if (memory.tenant(due) == null) {
                memory.forget(due, known);
            } else {
                memory.put(due, known.standingAt(watermark.plus(AGE)), known.deadline());
            }
        }
    }

    /** The cluster is gone: nothing of it is remembered. */
    void forgetAll(ClusterState cluster) {
        for (TenantId each : memory.agedIncidents(cluster.cluster(), Instant.MAX)) {
            memory.forget(each, known(each));
        }
    }

    private IncidentHistory known(TenantId tenant) {
        IncidentHistory known = memory.incidents(tenant);
        if (known == null) {
            throw new AssertionError("in the index, but unknown: incidents of " + tenant);
        }
        return known;
    }
}
