package io.tenantpulse.admin;

/** What was asked for cannot be done; the message says why and what to do. */
public final class AdminException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    AdminException(String message) {
        super(message);
    }

    AdminException(String message, Throwable cause) {
        super(message, cause);
    }
}
