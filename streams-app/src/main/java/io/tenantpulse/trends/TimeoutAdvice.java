package io.tenantpulse.trends;

import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What {@code timeoutSeconds} a resource id of a template should have, by how long it took to become ready.
 *
 * <p>It needs {@link #ENOUGH} rollouts: of fewer the 99th percentile is one of the slowest two and says little. The timeout
 * shall be a quarter longer than what 99 of 100 rollouts take, rounded up to what a person would write. It is raised where
 * more than one of 100 passed what is configured, and lowered where what is configured is twice what is enough. Only
 * rollouts that became ready are in it: those that never do must not make anybody wait longer.
 *
 * @param samples rollouts whose time was measured
 * @param p50 median, within {@link Quantiles#RELATIVE_ERROR}; null: there are no samples; so for the others
 * @param configured the {@code timeoutSeconds} of the newest rollouts
 * @param passed how many of the samples took longer than what was configured for them
 * @param recommended null: there are too few samples
 * @param reason one line, for people
 */
public record TimeoutAdvice(
        long samples,
        @Nullable Duration p50,
        @Nullable Duration p95,
        @Nullable Duration p99,
        Duration configured,
        long passed,
        Verdict verdict,
        @Nullable Duration recommended,
        String reason) {

    /** What is to be done. */
    public enum Verdict {
        TOO_FEW,
        RAISE,
        KEEP,
        LOWER;

        /** As it is written. */
        public String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /** So many rollouts are enough. */
    public static final long ENOUGH = 100;

    private static final double MARGIN = 1.25;
    /** The operator takes 1 to 3600 s. */
    private static final long LONGEST = 3600;

    private static final long[] STEPS = {10, 20, 30, 60, 90, 120, 180, 240, 300, 450, 600, 900, 1200, 1800, 2400};

    /** Of what was measured of one resource id. */
    public static TimeoutAdvice of(ReadyTimes seen) {
        Quantiles times = seen.times();
        long samples = times.count();
        long configured = seen.timeout().toSeconds();
        if (samples < ENOUGH) {
            String reason = "too few: " + samples + " of " + ENOUGH + " rollouts that it needs";
            return of(seen, Verdict.TOO_FEW, null, reason);
        }
        Duration p99 = times.quantile(0.99);
        long enough = rounded(p99);
        boolean tooShort = seen.overTimeout() * ENOUGH > samples;
        Verdict verdict = tooShort && enough > configured
                ? Verdict.RAISE
                : !tooShort && enough * 2 <= configured ? Verdict.LOWER : Verdict.KEEP;
        long recommended = verdict == Verdict.KEEP ? configured : enough;
        String passed =
                seen.overTimeout() + " of " + thousands(samples) + " rollouts passed the configured " + configured;
        String limit = p99.toSeconds() >= LONGEST ? "; the operator takes no more, make it faster" : "";
        String reason = recommended + ": p99 is " + thousands(p99.toSeconds()) + " s and " + passed + limit;
        return of(seen, verdict, Duration.ofSeconds(recommended), reason);
    }

    private static TimeoutAdvice of(ReadyTimes seen, Verdict verdict, @Nullable Duration recommended, String reason) {
        Quantiles times = seen.times();
        boolean none = times.isEmpty();
        return new TimeoutAdvice(
                times.count(),
                none ? null : times.quantile(0.5),
                none ? null : times.quantile(0.95),
                none ? null : times.quantile(0.99),
                seen.timeout(),
                seen.overTimeout(),
                verdict,
                recommended,
                reason);
    }

    private static long rounded(Duration p99) {
        double needed = p99.toMillis() / 1000.0 * MARGIN;
        for (long step : STEPS) {
            if (needed <= step) {
                return step;
            }
        }
        return LONGEST;
    }

    private static String thousands(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }
}
