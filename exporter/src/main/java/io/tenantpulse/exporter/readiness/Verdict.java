package io.tenantpulse.exporter.readiness;

import io.tenantpulse.v1.Readiness;
import org.jspecify.annotations.Nullable;

/**
 * Whether an object is ready.
 *
 * @param reason one word for why it is not; null when it is
 */
public record Verdict(Readiness readiness, @Nullable String reason) {
    /** It is ready. */
    public static final Verdict READY = new Verdict(Readiness.READY, null);

    /** It is not, and that is why. */
    static Verdict notReady(String reason) {
        return new Verdict(Readiness.NOT_READY, reason);
    }
}
