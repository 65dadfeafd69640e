package io.tenantpulse.bench.detector;

import io.tenantpulse.v1.AlertStatus;
import io.tenantpulse.v1.AlertTransition;
import java.time.Instant;
import java.util.Map;

/** Alerts with what the literal rules know, in the record in which ours are. */
public final class PlainAlerts {
    private PlainAlerts() {}

    /** @param key of the tenant, in four parts */
    public static AlertTransition of(
            String key, LiteralRule rule, String reason, boolean fires, long since, long at, long decidedAt) {
        String[] tenant = key.split("/", -1);
        AlertTransition.Builder alert = AlertTransition.newBuilder()
                .setAlert(rule.alert())
                .setStatus(fires ? AlertStatus.FIRING : AlertStatus.RESOLVED)
                .setCluster(tenant[0])
                .setNamespace(tenant[1])
                .setKind(tenant[2])
                .setTenant(tenant[3])
                .setSeverity(rule.severity())
                .setSince(Instant.ofEpochMilli(since))
                .setAt(Instant.ofEpochMilli(at))
                .setDecidedAt(Instant.ofEpochMilli(decidedAt))
                .setHoldMillis(rule.holdMillis());
        if (!reason.isEmpty()) {
            alert.setLabels(Map.of("reason", reason));
        }
        return alert.build();
    }
}
