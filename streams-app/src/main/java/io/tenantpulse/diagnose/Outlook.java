package io.tenantpulse.diagnose;

/** The three ways in which a tenant is not ready, as the runbook tells them apart. */
public enum Outlook {
    CONVERGED("converged"),
    /** Something cannot become ready by waiting. */
    HARD_FAILURE("hard failure"),
    /** Resources are pending or slow, and none has failed hard. */
    PENDING_OR_SLOW("pending or slow"),
    /** Not ready, and no resource says why. */
    NOT_READY_OTHERWISE("not ready for another reason"),
    UNKNOWN("unknown");

    private final String words;

    Outlook(String words) {
        this.words = words;
    }

    public String words() {
        return words;
    }
}
