package io.tenantpulse.topology;

import io.tenantpulse.model.TenantId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says in the log that the diagnosis of a tenant failed. */
public final class DiagnosisFailures {
    private static final Logger LOG = LoggerFactory.getLogger(DiagnosisFailures.class);

    private DiagnosisFailures() {}

    /** Without the failure's message, which may quote what an object says. */
    public static void log(TenantId tenant, RuntimeException failure) {
        LOG.atError()
                .addKeyValue("tenant", tenant.key())
                .addKeyValue("error", failure.getClass().getName())
                .addKeyValue("where", where(failure))
                .log("diagnosis failed, the alert goes out with an unknown cause: please report it");
    }

    private static String where(RuntimeException failure) {
        StackTraceElement[] frames = failure.getStackTrace();
        return frames.length == 0 ? "unknown" : frames[0].toString();
    }
}
