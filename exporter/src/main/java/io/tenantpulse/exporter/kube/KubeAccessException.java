package io.tenantpulse.exporter.kube;

/** The configuration of a cluster does not lead to an API server; the message says what is wrong and what to do. */
public final class KubeAccessException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    KubeAccessException(String message) {
        super(message);
    }

    KubeAccessException(String message, Throwable cause) {
        super(message, cause);
    }
}
