package io.tenantpulse.exporter.kube;

import java.io.IOException;
import java.util.Optional;

/** The API server answered, but not with what was asked for. */
final class RefusedException extends IOException {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final long retryAfterSeconds;

    RefusedException(int status, Optional<String> retryAfter) {
        super("the API server answered " + status);
        this.status = status;
        this.retryAfterSeconds = retryAfter
                .filter(s -> s.matches("\\d{1,4}"))
                .map(Long::parseLong)
                .orElse(0L);
    }

    int status() {
        return status;
    }

    long retryAfterSeconds() {
        return retryAfterSeconds;
    }
}
