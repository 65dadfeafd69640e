package io.tenantpulse.bench.oracle;

import io.tenantpulse.v1.Dependency;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What is judged of a tenant's own resources, told of all that the log says of them. */
interface OwnRule {
    /** The log shows an object once more, or the tenant; nothing of it has been taken yet. */
    void looked(OwnSight sight, int index, Instant at, OwnObjects.@Nullable Known known);

    /** Something may have changed. */
    void settle(OwnSight sight, Occasion occasion);

    /** A watermark says up to when all was seen. */
    void reach(OwnSight sight, int index, Instant watermark);

    /** The tenant went. */
    void ended(Life.End end);

    /**
     * Why its resources are looked at.
     *
     * @param listed a frame shows what is the case, so that the tenant's own conditions tell since when
     * @param tenantKnownTo the last instant at which a tenant that is looked at was known before; null: it is new, or it is
     *     not the tenant that is looked at
     * @param unread what could not be decoded before; null: nothing
     * @param lost what a list did not mention, and the last instant at which it was known to be there
     */
    record Occasion(
            int index,
            Instant at,
            boolean ofTenant,
            boolean listed,
            @Nullable Instant tenantKnownTo,
            Map<String, Instant> lost,
            @Nullable Unread unread) {
        /**
         * What is read again and could not be decoded before.
         *
         * @param object null: the tenant itself
         */
        record Unread(@Nullable String object, Instant since) {}

        /** Since when what is read now could not be decoded, if the tenant itself or one of these; null: it could. */
        @Nullable
        Instant unreadSince(List<Dependency> asked) {
            boolean matters = unread != null
                    && (unread.object() == null
                            || asked.stream()
                                    .anyMatch(each -> OwnObjects.object(each).equals(unread.object())));
            return matters ? unread.since() : null;
        }

        /** The last instant at which all of that was known to be there; null: nothing was lost. */
        @Nullable
        Instant lostAfter() {
            return lost.values().stream().min(Instant::compareTo).orElse(null);
        }
    }
}
