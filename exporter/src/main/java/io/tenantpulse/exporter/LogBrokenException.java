package io.tenantpulse.exporter;

/** The log of a cluster lost a batch on its way to the sink: only a new epoch, with new frames, makes it whole. */
public final class LogBrokenException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    LogBrokenException(String message, Throwable cause) {
        super(message, cause);
    }
}
