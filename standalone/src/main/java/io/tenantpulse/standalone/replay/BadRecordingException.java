package io.tenantpulse.standalone.replay;

/** A recording cannot be replayed: the message names the file, the line, what is wrong and what can be done. */
public final class BadRecordingException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    BadRecordingException(String message) {
        super(message);
    }
}
