package io.tenantpulse.standalone;

/** The embedded broker or registry cannot start; the message names the port, file or directory and the remedy. */
public final class EmbeddedStartException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public EmbeddedStartException(String message) {
        super(message);
    }

    public EmbeddedStartException(String message, Throwable cause) {
        super(message, cause);
    }
}
