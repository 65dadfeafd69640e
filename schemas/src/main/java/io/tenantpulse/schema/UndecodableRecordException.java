package io.tenantpulse.schema;

import org.apache.kafka.common.errors.SerializationException;

/** The bytes of a record are not one of our records and never will be: dead-letter it and go on. */
public final class UndecodableRecordException extends SerializationException {
    private static final long serialVersionUID = 1L;

    /** @param message what is wrong and where; never quotes the record */
    public UndecodableRecordException(String message) {
        super(message);
    }

    public UndecodableRecordException(String message, Throwable cause) {
        super(message, cause);
    }
}
