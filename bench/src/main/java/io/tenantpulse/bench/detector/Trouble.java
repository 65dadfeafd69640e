package io.tenantpulse.bench.detector;

import io.tenantpulse.v1.Condition;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How a tenant can stand, and what its operator then says of it. */
enum Trouble {
    NONE("True", "Reconciled", "Successfully reconciled all resources"),
    MISMATCH("False", "NotAllResourcesReady", "Not all resources are ready"),
    FAILED("False", "ResourcesFailed", "Some resources failed"),
    DEGRADED("False", "TemplateRenderError", "A template could not be rendered"),
    CONFLICTED("False", "ResourcesConflicted", "Resources are owned by somebody else"),
    UNKNOWN("Unknown", "Reconciling", "The operator has not come to it");

    /** Of a hundred troubles. */
    private static final int[] UP_TO = {0, 60, 75, 85, 95, 100};

    private final String ready;
    private final String reason;
    private final String message;

    Trouble(String ready, String reason, String message) {
        this.ready = ready;
        this.reason = reason;
        this.message = message;
    }

    /** @param percent 0 to 99 */
    static Trouble of(int percent) {
        int at = 1;
        while (UP_TO[at] <= percent) {
            at++;
        }
        return values()[at];
    }

    int failed() {
        return this == FAILED ? 1 : 0;
    }

    List<Condition> conditions(Instant since) {
        List<Condition> all = new ArrayList<>(4);
        all.add(condition("Conflicted", this == CONFLICTED ? "True" : "False", conflicted(), null, since));
        all.add(condition("Degraded", this == DEGRADED ? "True" : "False", degraded(), null, since));
        all.add(condition("Progressing", this == MISMATCH ? "True" : "False", "ReconcileComplete", null, since));
        all.add(condition("Ready", ready, reason, message, since));
        return all;
    }

    private String conflicted() {
        return this == CONFLICTED ? reason : "NoConflicts";
    }

    private String degraded() {
        return this == DEGRADED ? reason : "Healthy";
    }

    private static Condition condition(
            String type, String status, String reason, @Nullable String message, Instant since) {
        return new Condition(type, status, reason, message, since);
    }
}
