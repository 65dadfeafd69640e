package io.tenantpulse.schema;

import org.apache.kafka.common.errors.SerializationException;

/** The registry does not answer, or refuses us: the record may be fine, so wait and try it again. */
public final class RegistryUnavailableException extends SerializationException {
    private static final long serialVersionUID = 1L;

    public RegistryUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
