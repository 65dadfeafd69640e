package io.tenantpulse.detect;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How long something has held without a break, and how much of that was seen.
 *
 * @param since since when it holds
 * @param frozen time that is not counted, because nobody saw it
 * @param unproven whether it may have been interrupted in a gap
 * @param accountedTo up to where gaps have been judged
 * @param owed a gap that is over but not judged, for something else that must be read is still hidden
 * @param frozenTo up to where what was not seen has been weighed, or the stretch began. A gap that was bridged does not count:
 *     the proof may have been by a kind that turns out to have been lost already; null in older state: as accountedTo
 */
public record Stretch(
        Instant since,
        Duration frozen,
        boolean unproven,
        Instant accountedTo,
        @Nullable OwnGap owed,
        @Nullable Instant frozenTo) {

    /** @param at when that it began at {@code since} was found */
    static Stretch started(Instant since, Instant at) {
        return new Stretch(since, Duration.ZERO, false, at, null, at);
    }

    /** When it will have held that long: since + hold + frozen, everywhere. */
    Instant after(Duration hold) {
        return since.plus(hold).plus(frozen);
    }

    /** The same, counted from no earlier than what makes it be over at {@code instant}. */
    Stretch overNoEarlierThan(Instant instant, Duration hold) {
        Instant earliest = instant.minus(hold).minus(frozen);
        return earliest.isAfter(since) ? new Stretch(earliest, frozen, unproven, accountedTo, owed, frozenTo) : this;
    }

    Stretch owing(@Nullable OwnGap gap) {
        return new Stretch(since, frozen, unproven, accountedTo, gap, frozenTo);
    }

    /** The gap up to {@code to} was bridged: it is known to have held throughout. */
    Stretch bridged(Instant to) {
        return new Stretch(since, frozen, unproven, later(accountedTo, to), owed, weighedTo());
    }

    /** The gap was not bridged, but what it would have delayed is past: it is only told. */
    Stretch doubted(Instant from, Instant to) {
        return to.isAfter(unaccountedFrom(from))
                ? new Stretch(since, frozen, true, later(accountedTo, to), owed, later(weighedTo(), to))
                : bridged(to);
    }

    /** The gap was not bridged: the policy decides. */
    Stretch acrossGap(Instant from, Instant to, Rules.GapPolicy policy, Instant at) {
        Instant lower = unaccountedFrom(from);
        if (!to.isAfter(lower)) {
            return bridged(to);
        }
        Instant accounted = later(accountedTo, to);
        Instant weighed = later(weighedTo(), to);
        return switch (policy) {
            case FREEZE -> new Stretch(since, frozen.plus(Duration.between(lower, to)), true, accounted, owed, weighed);
            case COUNT -> new Stretch(since, frozen, true, accounted, owed, weighed);
            case RESET -> new Stretch(at, Duration.ZERO, true, accounted, owed, weighed);
        };
    }

    /** From where an unjudged gap that began at {@code from} weighs on it. */
    Instant unaccountedFrom(Instant from) {
        return later(later(from, since), weighedTo());
    }

    private Instant weighedTo() {
        return frozenTo == null ? accountedTo : frozenTo;
    }

    static Instant later(Instant a, Instant b) {
        return a.isAfter(b) ? a : b;
    }
}
