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
        return coverage == KindCoverage.BLIND || isForbidden();
    }

    /** Whether a deadline that rests on it may be judged by a watermark. */
    boolean isJudgeable() {
        return switch (coverage) {
            case LIVE, ABSENT -> true;
            case BLIND -> false;
            case UNKNOWN, FORBIDDEN -> !settled;
        };
    }

    /** Whether nothing that rests on it waits for it. */
    boolean isVisible() {
        return coverage != KindCoverage.UNKNOWN && isJudgeable();
    }

    /** Whether what was seen at one position still held up to a later one, for no gap lies between and nothing is late. */
    boolean isUnbroken(Position seen, Position now) {
        return seen.epoch() == now.epoch() && !seen.isBefore(brokenAt) && isJudgeable();
    }

    boolean hasOpenGap() {
        return !judged;
    }

    /** A new epoch implies a gap; the outage of the exporter itself is not held against the kind. */
    KindState inNewEpoch(long epoch) {
        return new KindState(
                kind,
                unseen(),
                coveredTo,
                settled,
                null,
                false,
                new Gap(gap != null && !judged ? gap.from : coveredTo, null),
                false,
                new Position(epoch, 0),
                blindFired ? blindSince : null,
                blindFired);
    }

    /** What was forbidden stays so until it is seen again: only then alerts on it can be observed. */
    private KindCoverage unseen() {
        return isForbidden() ? KindCoverage.FORBIDDEN : KindCoverage.BLIND;
    }

    /** Whether something is known of it that we are no longer allowed to see. */
    boolean isForbidden() {
        return settled && coverage == KindCoverage.FORBIDDEN;
    }

    KindState withGap(@Nullable Instant from, Instant to, boolean resumed, Position at) {
        Gap open = new Gap(gap != null && !judged ? gap.from : from, to);
        return new KindState(
                kind,
                unseen(),
                coveredTo,
                settled,
                resumed ? frame : null,
                resumed && fromMemory,
                resumed ? gap : open,
                resumed && judged,
                at,
                coverage == KindCoverage.LIVE && blindSince == null ? coveredTo : blindSince,
                blindFired);
    }

    KindState frameBegun(Position id, boolean memory, Instant at) {
        Gap known = !memory && gap != null && !judged && gap.to == null ? new Gap(gap.from, at) : gap;
        return new KindState(
                kind, coverage, coveredTo, settled, id, memory, known, judged, brokenAt, blindSince, blindFired);
    }

    /** A frame from memory shows what was published, not what is the case: a gap stays open, and blind stays blind. */
    KindState frameEnded() {
        KindCoverage now = fromMemory || coverage == KindCoverage.LIVE ? coverage : KindCoverage.UNKNOWN;
        return new KindState(
                kind,
                now,
                coveredTo,
                true,
                null,
                false,
                gap,
                fromMemory ? judged : true,
                brokenAt,
                blindSince,
                blindFired);
    }

    /**
     * The last instant at which an object of it that was known then is known to have been as remembered: the start of the
     * gap that is open, or the last watermark that covered it.
     */
    @Nullable
    Instant knownTo() {
        return gap != null && !judged ? gap.from : coveredTo;
    }

    /** Whether the open gap lies between what was last known of an object, at {@code before}, and now. */
    boolean isFirstAfterGap(Position before) {
        return hasOpenGap() && before.isBefore(brokenAt);
    }

    /** The frame that last mentioned an object: the open one if it mentions it now, otherwise {@code before}. */
    Position frameOf(Change change, Position before) {
        return frame != null && (change == Change.SNAPSHOT || change == Change.UNDECODABLE) ? frame : before;
    }

    KindState covered(Instant watermark) {
        return new KindState(
                kind, KindCoverage.LIVE, watermark, true, frame, fromMemory, gap, judged, brokenAt, null, blindFired);
    }

    /** A kind that is not served is known as it is; one that is blind has been so since the last proof. */
    KindState notCovered(KindCoverage said, Instant watermark) {
        boolean absent = said == KindCoverage.ABSENT;
        boolean stillForbidden = isForbidden() && said == KindCoverage.BLIND;
        // What was not covered because nobody watched the cluster at all is not held against the kind.
        Instant start = coverage == KindCoverage.LIVE && coveredTo != null ? coveredTo : watermark;
        Instant since = blindSince == null ? start : blindSince;
        return new KindState(
                kind,
                stillForbidden ? KindCoverage.FORBIDDEN : said,
                absent ? watermark : coveredTo,
                settled || absent,
                frame,
                fromMemory,
                gap,
                judged || absent,
                brokenAt,
                absent ? null : since,
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
