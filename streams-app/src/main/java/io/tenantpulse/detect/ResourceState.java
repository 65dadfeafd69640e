package io.tenantpulse.detect;

import io.tenantpulse.model.Facts;
import io.tenantpulse.model.ObjectId;
import io.tenantpulse.model.Readiness;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What is remembered of one object of a tenant.
 *
 * @param since since when it is known, without a break, to be as it is: proof across deadlines and gaps
 * @param earliest the earliest instant at which it can have become as it is; null: nothing is known of that
 * @param seenAt the last instant at which it is known to have been as it is
 * @param frame that last mentioned it
 * @param undecodable what is remembered is older than the newest that was served
 * @param lastReadyAt the last instant at which it is known to have been ready; null: never seen, or it is ready now
 * @param readyGeneration its own generation when it was last ready; null where it is ready, or the kind tells none
 * @param generationSince when it was seen to be made, or to begin its present generation; null: that was not seen
 * @param facts what explains its state
 */
public record ResourceState(
        ObjectId object,
        @Nullable String resourceId,
        String uid,
        String resourceVersion,
        Readiness readiness,
        @Nullable String reason,
        boolean owned,
        @Nullable Instant createdAt,
        Instant since,
        @Nullable Instant earliest,
        Instant seenAt,
        Position position,
        Position frame,
        boolean undecodable,
        @Nullable Instant lastReadyAt,
        @Nullable Long readyGeneration,
        @Nullable Instant generationSince,
        Facts facts) {

    /** An object of which nothing is known but that it exists. */
    static ResourceState unread(Observation.OfResource news, Position frame) {
        return new ResourceState(
                news.object(),
                news.resourceId(),
                news.uid(),
                news.resourceVersion(),
                Readiness.UNKNOWN,
                null,
                news.owned(),
                news.createdAt(),
                news.observedAt(),
                null,
                news.observedAt(),
                news.position(),
                frame,
                true,
                null,
                null,
                null,
                Facts.NONE);
    }

    /**
     * What is remembered is frozen from now on.
     *
     * @param knownTo the last instant at which it is known to have been as remembered
     */
    ResourceState asUndecodable(Instant knownTo, Position at, Position inFrame) {
        return new ResourceState(
                object,
                resourceId,
                uid,
                resourceVersion,
                readiness,
                reason,
                owned,
                createdAt,
                since,
                earliest,
                undecodable ? seenAt : knownTo,
                at,
                inFrame,
                true,
                lastReadyAt,
                readyGeneration,
                generationSince,
                facts);
    }

    /** A frame from memory repeats what was published of it: that is no look at it. */
    ResourceState mentioned(Position inFrame, String version) {
        return new ResourceState(
                object,
                resourceId,
                uid,
                version.isEmpty() ? resourceVersion : version,
                readiness,
                reason,
                owned,
                createdAt,
                since,
                earliest,
                seenAt,
                position,
                inFrame,
                undecodable,
                lastReadyAt,
                readyGeneration,
                generationSince,
                facts);
    }

    /** Whether its replica figures, where it has any, are all what is desired. */
    boolean isEven() {
        return facts.replicas() == null || facts.replicas().isEven();
    }

    /** Its own generation; null where the kind tells none. */
    @Nullable
    Long generation() {
        return facts.replicas() == null ? null : facts.replicas().generation();
    }

    /**
     * The last instant at which it is known to have been ready; null: never seen.
     *
     * @param end the last instant at which it is known to have been as it is
     */
    @Nullable
    Instant lastReadyBefore(Instant end) {
        return readiness == Readiness.READY ? end : lastReadyAt;
    }

    /** Whether it was ready in a generation of the tenant that began then, and lost it without having been asked to change. */
    boolean isRegressed(Instant generationSince) {
        return lastReadyAt != null && !lastReadyAt.isBefore(generationSince) && isOfReadyGeneration();
    }

    /** Whether it is not of another generation than when it was last ready: what it asks for is the same. */
    boolean isOfReadyGeneration() {
        return readyGeneration == null || generation() == null || readyGeneration.equals(generation());
    }

    /** Whether the uid is this object's, as far as both are known. */
    boolean isOf(String other) {
        return uid.isEmpty() || other.isEmpty() || uid.equals(other);
    }
}
