package io.tenantpulse.topology.serde;

import io.tenantpulse.diagnose.Confidence;
import io.tenantpulse.trends.CommonCause;
import io.tenantpulse.trends.SurgeFacts;
import io.tenantpulse.v1.AlertTransition;
import io.tenantpulse.v1.Cause;
import io.tenantpulse.v1.Surge;
import java.util.List;
import java.util.Locale;

/** Puts a surge into the alert that tells it. */
final class Surges {
    private Surges() {}

    static void put(SurgeFacts from, AlertTransition.Builder record) {
        record.setSurge(Surge.newBuilder()
                .setMembers(from.members())
                .setTenants(from.tenants())
                .setUsualShare(from.usual())
                .setFirstSince(from.firstSince())
                .setLastSince(from.lastSince())
                .setDirection(from.direction().word())
                .setRollout(from.rollout())
                .setRolloutMembers(from.rolloutMembers())
                .build());
        CommonCause cause = from.cause();
        if (cause != null) {
            record.setCauses(List.of(Cause.newBuilder()
                    .setCause(cause.word())
                    .setSubject(cause.subject())
                    .setConfidence(Confidence.LIKELY.name().toLowerCase(Locale.ROOT))
                    .setCount(Math.toIntExact(from.causeMembers()))
                    .build()));
        }
    }
}
