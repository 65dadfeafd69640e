package io.tenantpulse.standalone.replay;

/** A line of a recording that cannot be used; the message says what is wrong and never quotes the line. */
final class BadLine extends Exception {
    private static final long serialVersionUID = 1L;

    BadLine(String what) {
        super(what, null, false, false);
    }
}
