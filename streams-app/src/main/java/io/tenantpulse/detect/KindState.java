package io.tenantpulse.detect;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What is known of one kind of a cluster.
 *
 * @param coverage as the last watermark says; BLIND from a gap on; UNKNOWN between the end of a frame and the watermark
 *     that covers it
 * @param coveredTo the last watermark that covered it; null: none ever did
 * @param settled what is not there does not exist: a frame of it has been completed
 * @param frame id of the open frame
 * @param fromMemory the open frame repeats what was published
 * @param gap the newest gap after which a frame follows
 * @param judged the frame that follows the gap is complete
 * @param brokenAt where the newest gap stands in the log: nothing older proves what is newer
 * @param blindSince since when watermarks do not cover it; null: they do, or need not
 * @param blindFired whether ClusterKindBlind fires
 */
public record KindState(
        String kind,
        KindCoverage coverage,
        @Nullable Instant coveredTo,
        boolean settled,
        @Nullable Position frame,
        boolean fromMemory,
        @Nullable Gap gap,
        boolean judged,
        Position brokenAt,
        @Nullable Instant blindSince,
        boolean blindFired) {

    /**
     * A stretch without proof.
     *
     * @param from null: it was never covered before
     * @param to null: not over yet
     */
    public record Gap(@Nullable Instant from, @Nullable Instant to) {}

    static KindState unknown(String kind) {
        return new KindState(
                kind, KindCoverage.UNKNOWN, null, false, null, false, null, true, Position.NONE, null, false);
    }

    /** What is not there, or turned ready, can be believed. */
    boolean isObservable() {
        return coverage != KindCoverage.BLIND && coverage != KindCoverage.FORBIDDEN;
    }

    /** Something that was known of it can't be seen now. */
    boolean isHidden() {
        return coverage == KindCoverage.BLIND || (settled && coverage == KindCoverage.FORBIDDEN);
    }

    /** Whether a deadline that rests on it may be judged by a watermark. */
    boolean isJudgeable() {
        return switch (coverage) {
            case LIVE, ABSENT -> true;
            case BLIND -> false;
            case UNKNOWN, FORBIDDEN -> !settled;
        };
    }

    boolean hasOpenGap() {
        return !judged;
    }

    KindState inNewEpoch(long epoch) {
        if (coverage == KindCoverage.UNKNOWN && !settled) {
            return new KindState(
                    kind, coverage, coveredTo, false, null, false, gap, true, new Position(epoch, 0), null, blindFired);
        }
        return new KindState(
                kind,
                KindCoverage.BLIND,
                coveredTo,
                settled,
                null,
                false,
                new Gap(gap != null && !judged ? gap.from : coveredTo, null),
                false,
                new Position(epoch, 0),
                blindSince,
                blindFired);
    }

    KindState withGap(@Nullable Instant from, Instant to, boolean resumed, Position at) {
        if (resumed) {
            return new KindState(
                    kind,
                    KindCoverage.BLIND,
                    coveredTo,
                    settled,
                    frame,
                    fromMemory,
                    gap,
                    judged,
                    at,
                    blindSince,
                    blindFired);
        }
        Instant start = gap != null && !judged ? gap.from : from;
        return new KindState(
                kind,
                KindCoverage.BLIND,
                coveredTo,
                settled,
                null,
                false,
                new Gap(start, to),
                false,
                at,
                blindSince,
                blindFired);
    }

    KindState frameBegun(Position id, boolean memory, Instant at) {
        Gap known = gap != null && !judged && gap.to == null ? new Gap(gap.from, at) : gap;
        return new KindState(
                kind, coverage, coveredTo, settled, id, memory, known, judged, brokenAt, blindSince, blindFired);
    }

    KindState frameEnded() {
        KindCoverage now = coverage == KindCoverage.LIVE ? KindCoverage.LIVE : KindCoverage.UNKNOWN;
        return new KindState(kind, now, coveredTo, true, null, false, gap, true, brokenAt, blindSince, blindFired);
    }

    /**
     * The last instant at which an object of it that was known then is known to have been as remembered: the start of the
     * gap that is open, or the last watermark that covered it.
     */
    @Nullable
    Instant knownTo() {
        return gap != null && !judged ? gap.from : coveredTo;
    }

    KindState covered(Instant watermark) {
        return new KindState(
                kind, KindCoverage.LIVE, watermark, true, frame, fromMemory, gap, judged, brokenAt, null, blindFired);
    }

    KindState notCovered(KindCoverage said, Instant watermark) {
        boolean counts = said == KindCoverage.BLIND || said == KindCoverage.FORBIDDEN;
        // What was not covered because nobody watched the cluster at all is not held against the kind.
        boolean watched = coverage == KindCoverage.LIVE || brokenAt.sequence() > 0;
        Instant start = watched && coveredTo != null ? coveredTo : watermark;
        Instant since = blindSince == null ? start : blindSince;
        return new KindState(
                kind,
                said,
                coveredTo,
                settled || said == KindCoverage.ABSENT,
                frame,
                fromMemory,
                gap,
                judged || said == KindCoverage.ABSENT,
                brokenAt,
                counts ? since : null,
                blindFired);
    }

    KindState withoutTime() {
        return new KindState(
                kind, coverage, null, settled, frame, fromMemory, gap, judged, brokenAt, blindSince, blindFired);
    }

    KindState withBlindFired(boolean fires) {
        return new KindState(
                kind, coverage, coveredTo, settled, frame, fromMemory, gap, judged, brokenAt, blindSince, fires);
    }
}
