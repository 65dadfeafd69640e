package io.tenantpulse.schema;

/** Says that the topics are not as they must be, which, and what to do; the process cannot go on. */
public final class TopicsException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public TopicsException(String message) {
        super(message);
    }

    public TopicsException(String message, Throwable cause) {
        super(message, cause);
    }
}
