package io.tenantpulse.schema;

import org.apache.kafka.common.errors.SerializationException;

/** The registry does not have our schema or will not take it: nothing of this type can be written until a person acts. */
public final class SchemaRejectedException extends SerializationException {
    private static final long serialVersionUID = 1L;

    /** @param message names the subject and the remedy */
    public SchemaRejectedException(String message, Throwable cause) {
        super(message, cause);
    }
}
