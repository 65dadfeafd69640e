package io.tenantpulse.exporter.kube;

import io.tenantpulse.exporter.Role;
import io.tenantpulse.exporter.WatchedKind;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Asks how a kind stands while its watch says nothing, by a list of the metadata of one object. Used by the kind's thread alone.
 *
 * <p>Such a list is read through the store, so the API server's cache of the kind moves on, and with it comes a bookmark: an API server sends none as long
 * as it has nothing newer to say. Kubernetes Events are not cached and get no bookmarks at all: that their watch is silent because nothing happens is shown
 * by two answers with nothing between them and the same number of objects.
 */
final class Enquiry {
    /** Asks for metadata only. */
    static final Map<String, String> METADATA_ONLY =
            Map.of("Accept", "application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1");

    /**
     * How a kind stood.
     *
     * @param at when it was asked for, by the exporter's clock
     * @param askedNanos the same, by the monotonic clock
     */
    record Standing(String resourceVersion, long objects, Instant at, long askedNanos) {}

    private final WatchedKind kind;
    private final WatchParts parts;
    private @Nullable Standing since;
    private long askedNanos;
    private boolean asked;
    private boolean doubted;

    Enquiry(WatchedKind kind, WatchParts parts) {
        this.kind = kind;
        this.parts = parts;
    }

    /** Whether the kind's watch gets no bookmarks. */
    static boolean isNeededFor(WatchedKind kind) {
        return kind.role() == Role.EVENT;
    }

    /** An event was read: what was counted before it is void. */
    void news() {
        since = null;
        doubted = false;
    }

    /** Whether it is time to ask: a third of what a first bookmark may take, or two thirds once the watch is proven. */
    boolean isDue(WatchStream silent) {
        Duration first = parts.timing().firstBookmark();
        long wait = (silent.isProven() ? first.multipliedBy(2) : first).toNanos() / 3;
        return silent.silentNanos() > wait
                && (!asked || System.nanoTime() - askedNanos > wait)
                && parts.link().isConnected();
    }

    /**
     * Asks; an answer that does not come, or is none, decides nothing.
     *
     * @return how a kind without bookmarks stood when it was last asked about, if nothing has happened since; else empty
     */
    Optional<Standing> ask() throws InterruptedException {
        asked = true;
        askedNanos = System.nanoTime();
        Instant at = parts.clock().instant();
        ListPage page;
        try {
            KubeLink.Answer answer = parts.link()
                    .fetch(
                            KindLister.path(kind) + "?limit=1",
                            METADATA_ONLY,
                            parts.timing().probeTimeout().dividedBy(2));
            if (!answer.ok()) {
                return Optional.empty();
            }
            page = ListPage.read(answer.body(), answer.length(), (bytes, offset, length) -> {});
        } catch (IOException e) {
            return Optional.empty(); // the probe will find out what ails the connection
        }
        String version = page.resourceVersion();
        return version == null || !isNeededFor(kind)
                ? Optional.empty()
                : judge(new Standing(version, page.objects(), at, askedNanos));
    }

    private Optional<Standing> judge(Standing now) {
        Standing before = since;
        if (before != null && before.objects() != now.objects()) {
            doubted = true; // unless it is still on its way, the watch does not tell what happens
        }
        if (doubted) {
            return Optional.empty();
        }
        since = now;
        return Optional.ofNullable(before);
    }
}
