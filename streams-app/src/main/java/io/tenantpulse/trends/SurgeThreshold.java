package io.tenantpulse.trends;

import java.time.Duration;

/**
 * When so many tenants of a scope are unhealthy that it is no longer a matter of single tenants. All of {@code tenants},
 * {@code share} and {@code factor} must be reached.
 *
 * @param tenants unhealthy ones, inclusive; at least 1
 * @param share of the unhealthy in all that can be judged, inclusive; more than 0, at most 1
 * @param factor how many times the scope's usual share, inclusive; zero: what is usual does not matter. Where that is more
 *     than all, nothing is a surge: most of the scope is always ill
 * @param baseline how far back the usual share looks: it is the median of the shares of whole quarter hours within; at
 *     least 15 minutes, at most 7 days
 * @param clear it is over below this part of the threshold; more than 0, at most 1
 * @param dominant share of the members with which a cause, or a template's generation, is common to them; more than 0.5,
 *     at most 1
 */
public record SurgeThreshold(
        long tenants, double share, double factor, Duration baseline, double clear, double dominant) {
    /** A share such as 0.05 is no binary fraction: 7 of 140 are that share all the same. */
    static final double ROUNDING = 1e-9;

    // Before the constant below, which is checked against it.
    private static final Duration LONGEST = Duration.ofDays(7);

    /** At least 5 tenants, 5 %, and three times the median of 24 hours; over below half of that. */
    public static final SurgeThreshold DEFAULT = new SurgeThreshold(5, 0.05, 3, Duration.ofHours(24), 0.5, 0.8);

    public SurgeThreshold {
        if (tenants < 1) {
            throw new IllegalArgumentException("tenants must be at least 1: " + tenants);
        }
        if (!(share > 0 && share <= 1)) {
            throw new IllegalArgumentException("share must be more than 0 and at most 1: " + share);
        }
        if (!(factor >= 0) || Double.isInfinite(factor)) {
            throw new IllegalArgumentException("factor must be zero or more: " + factor);
        }
        if (baseline.compareTo(WindowSize.QUARTER.length()) < 0 || baseline.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("baseline must be 15 minutes to 7 days: " + baseline);
        }
        if (!(clear > 0 && clear <= 1)) {
            throw new IllegalArgumentException("clear must be more than 0 and at most 1: " + clear);
        }
        if (!(dominant > 0.5 && dominant <= 1)) {
            throw new IllegalArgumentException("dominant must be more than 0.5 and at most 1: " + dominant);
        }
    }

    /** The share that must be reached where another is usual. */
    double bar(double usual) {
        return Math.max(share, factor * usual);
    }
}
