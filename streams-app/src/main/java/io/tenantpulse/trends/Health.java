package io.tenantpulse.trends;

/**
 * How a tenant stands, for counting: exactly one at any instant. The first that applies, in the order below, which is that
 * of what can be known, then of what asks most of a person: what cannot be seen is not judged; what the operator gave up
 * on comes before what merely is not there yet; a cause that is known ({@code MISMATCHED}) before its consequence
 * ({@code Ready=False}); and what is only being worked on comes last.
 */
public enum Health {
    /** It cannot be seen: its kind is blind or forbidden, or its newest object could not be decoded. */
    BLIND("blind"),
    /** It can be seen, but nothing is said of it: no status was ever written, or Ready=Unknown. */
    UNKNOWN("unknown"),
    /** The operator counts failed resources, conflicts included. */
    FAILED("failed"),
    /** Resources that must be ready are not: by the operator's counts, or by our own reading of the objects. */
    MISMATCHED("mismatched"),
    /** Ready=False or Degraded=True, and neither of the above. */
    NOT_READY("not-ready"),
    /** Nothing is wrong, but the operator is at work on it (Progressing=True, or it has not seen the newest generation), or it is being deleted. */
    PROGRESSING("progressing"),
    HEALTHY("healthy");

    private final String word;

    Health(String word) {
        this.word = word;
    }

    /** As it is written. */
    public String word() {
        return word;
    }

    /** Whether a person would call it trouble. */
    public boolean isUnhealthy() {
        return switch (this) {
            case FAILED, MISMATCHED, NOT_READY -> true;
            case BLIND, UNKNOWN, PROGRESSING, HEALTHY -> false;
        };
    }

    /** Whether it says anything: the shares of a fleet are of what can be judged. */
    public boolean isJudged() {
        return switch (this) {
            case BLIND, UNKNOWN -> false;
            case FAILED, MISMATCHED, NOT_READY, PROGRESSING, HEALTHY -> true;
        };
    }

    /**
     * Reads a word back.
     *
     * @throws IllegalArgumentException if it is none of ours
     */
    public static Health of(String word) {
        for (Health each : values()) {
            if (each.word.equals(word)) {
                return each;
            }
        }
        throw new IllegalArgumentException("not a tenant's health: " + word);
    }
}
