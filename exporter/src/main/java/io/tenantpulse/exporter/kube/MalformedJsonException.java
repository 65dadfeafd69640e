package io.tenantpulse.exporter.kube;

/** The bytes are no JSON, or a whitelisted field is not of its type. It never quotes what was read. */
final class MalformedJsonException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    MalformedJsonException(String message) {
        super(message, null, false, false);
    }
}
