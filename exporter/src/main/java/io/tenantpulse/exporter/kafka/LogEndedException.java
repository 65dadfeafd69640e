package io.tenantpulse.exporter.kafka;

/** The log took a record and could not write it, or was closed: what follows would hide the hole, so nothing follows. */
public final class LogEndedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    LogEndedException(String message, Throwable cause) {
        super(message, cause);
    }

    LogEndedException(String message) {
        super(message);
    }
}
