package io.tenantpulse.bench.detector;

import io.tenantpulse.v1.Condition;
import io.tenantpulse.v1.TenantObserved;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The operator's own alerts for tenants, with its conditions and holds, as anybody would write them down. */
public enum LiteralRule {
    MISMATCH("TenantResourcesMismatch", 15, "warning"),
    FAILED("TenantResourcesFailed", 5, "critical"),
    NOT_READY("TenantNotReady", 15, "critical"),
    UNKNOWN("TenantStatusUnknown", 10, "critical"),
    DEGRADED("TenantDegraded", 5, "critical"),
    CONFLICTED("TenantResourcesConflicted", 10, "warning");

    private static final LiteralRule[] ALL = values();

    private final String alert;
    private final long holdMillis;
    private final String severity;

    LiteralRule(String alert, int minutes, String severity) {
        this.alert = alert;
        this.holdMillis = Duration.ofMinutes(minutes).toMillis();
        this.severity = severity;
    }

    String alert() {
        return alert;
    }

    /** How long its condition must hold. */
    public long holdMillis() {
        return holdMillis;
    }

    String severity() {
        return severity;
    }

    /** By its place among them. */
    public static LiteralRule of(int number) {
        return ALL[number];
    }

    static int count() {
        return ALL.length;
    }

    static boolean isOne(String alert) {
        for (LiteralRule each : ALL) {
            if (each.alert.equals(alert)) {
                return true;
            }
        }
        return false;
    }

    /** Which of them hold, a bit each. */
    public static int holding(TenantObserved tenant) {
        int bits = 0;
        Integer desired = tenant.getDesired();
        if (desired != null) {
            int failed = orZero(tenant.getFailed());
            boolean mismatch = orZero(tenant.getReady()) != desired && desired > 0 && failed == 0;
            bits |= bit(MISMATCH, mismatch) | bit(FAILED, failed > 0);
        }
        List<Condition> conditions = tenant.getConditions();
        for (int i = 0; i < conditions.size(); i++) {
            Condition each = conditions.get(i);
            switch (each.getType()) {
                case "Ready" ->
                    bits |= bit(NOT_READY, each.getStatus().equals("False"))
                            | bit(UNKNOWN, each.getStatus().equals("Unknown"));
                case "Degraded" -> bits |= bit(DEGRADED, each.getStatus().equals("True"));
                case "Conflicted" -> bits |= bit(CONFLICTED, each.getStatus().equals("True"));
                default -> {}
            }
        }
        return bits;
    }

    /** Why it is degraded, which is part of that alert's identity; empty if it is not. */
    public static String degradedReason(TenantObserved tenant) {
        for (Condition each : tenant.getConditions()) {
            if (each.getType().equals("Degraded") && each.getStatus().equals("True")) {
                return each.getReason() == null ? "" : each.getReason();
            }
        }
        return "";
    }

    private static int orZero(@Nullable Integer count) {
        return count == null ? 0 : count;
    }

    private static int bit(LiteralRule rule, boolean holds) {
        return holds ? 1 << rule.ordinal() : 0;
    }
}
