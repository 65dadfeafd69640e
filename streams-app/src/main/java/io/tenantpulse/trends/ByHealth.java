package io.tenantpulse.trends;

/**
 * An amount for each health: numbers of tenants, or tenant-milliseconds. Exact.
 *
 * @param blind see {@link Health}, as for the others
 */
public record ByHealth(
        long blind, long unknown, long failed, long mismatched, long notReady, long progressing, long healthy) {
    public static final ByHealth NONE = new ByHealth(0, 0, 0, 0, 0, 0, 0);

    private static final int KINDS = Health.values().length;

    static ByHealth of(long[] byOrdinal) {
        return new ByHealth(
                byOrdinal[0], byOrdinal[1], byOrdinal[2], byOrdinal[3], byOrdinal[4], byOrdinal[5], byOrdinal[6]);
    }

    /** So much of one. */
    public static ByHealth of(Health health, long amount) {
        long[] all = new long[KINDS];
        all[health.ordinal()] = amount;
        return of(all);
    }

    long[] toArray() {
        return new long[] {blind, unknown, failed, mismatched, notReady, progressing, healthy};
    }

    public long of(Health health) {
        return switch (health) {
            case BLIND -> blind;
            case UNKNOWN -> unknown;
            case FAILED -> failed;
            case MISMATCHED -> mismatched;
            case NOT_READY -> notReady;
            case PROGRESSING -> progressing;
            case HEALTHY -> healthy;
        };
    }

    public ByHealth plus(ByHealth other) {
        return new ByHealth(
                blind + other.blind,
                unknown + other.unknown,
                failed + other.failed,
                mismatched + other.mismatched,
                notReady + other.notReady,
                progressing + other.progressing,
                healthy + other.healthy);
    }

    ByHealth times(long factor) {
        return new ByHealth(
                blind * factor,
                unknown * factor,
                failed * factor,
                mismatched * factor,
                notReady * factor,
                progressing * factor,
                healthy * factor);
    }

    /** The same amount, all of it out of sight. */
    public ByHealth unseen() {
        return of(Health.BLIND, total());
    }

    public long total() {
        return blind + unknown + failed + mismatched + notReady + progressing + healthy;
    }

    public long unhealthy() {
        return failed + mismatched + notReady;
    }

    /** What can be judged: neither blind nor unknown. */
    public long judged() {
        return total() - blind - unknown;
    }

    /** Share of the unhealthy in what can be judged, 0 to 1; 0 where nothing can be judged. */
    public double unhealthyShare() {
        return judged() == 0 ? 0 : (double) unhealthy() / judged();
    }
}
