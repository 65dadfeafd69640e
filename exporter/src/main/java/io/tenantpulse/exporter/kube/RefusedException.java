package io.tenantpulse.exporter.kube;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/** The API server answered, but not with what was asked for. */
final class RefusedException extends IOException {
    private static final long serialVersionUID = 1L;

    /** A proxy in maintenance may ask for hours; a kind must not stay blind for so long after its server is back. */
    private static final Duration LONGEST = Duration.ofSeconds(60);

    private final int status;
    private final Duration retryAfter;

    RefusedException(int status, Optional<String> retryAfter) {
        super("the API server answered " + status);
        this.status = status;
        this.retryAfter = retryAfter
                .filter(s -> s.matches("\\d{1,9}"))
                .map(s -> Duration.ofSeconds(Long.parseLong(s)))
                .map(asked -> asked.compareTo(LONGEST) > 0 ? LONGEST : asked)
                .orElse(Duration.ZERO);
    }

    int status() {
        return status;
    }

    /** How long the server asks us to wait at least, within reason; zero if it does not say. */
    Duration retryAfter() {
        return retryAfter;
    }
}
