package io.tenantpulse.standalone;

/** Exit codes of the command line; 130 and 143 come from the signals. */
final class ExitCode {
    static final int OK = 0;
    /** The answer is "found" or "unhealthy". */
    static final int FOUND = 1;

    static final int USAGE = 2;
    static final int CANNOT_REACH = 3;
    static final int BAD_DATA = 4;
    /** Of commands about one tenant. */
    static final int UNKNOWN_TENANT = 4;

    static final int INTERNAL = 70;

    private ExitCode() {}
}
