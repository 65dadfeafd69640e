package io.tenantpulse.detect;

import io.tenantpulse.model.Readiness;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What news of a tenant's objects does to what is remembered of them, and then to the tenant. */
final class Resources {
    private final Memory memory;
    private final Voice voice;
    private final Tenants tenants;
    private final Counters counters;

    Resources(Memory memory, Voice voice, Tenants tenants, Counters counters) {
        this.memory = memory;
        this.voice = voice;
        this.tenants = tenants;
        this.counters = counters;
    }

    void onResource(ClusterState cluster, Observation.OfResource news) {
        ResourceState before = memory.resource(news.tenant(), news.object());
        if (before != null && !before.position().isBefore(news.position())) {
            voice.count("duplicate");
            return;
        }
        KindState kind = cluster.kind(news.object().kindName());
        if (before != null && kind.fromMemory() && before.isOf(news.uid())) {
            Position frame = kind.frameOf(news.change(), before.frame());
            memory.put(news.tenant(), before.mentioned(frame, news.resourceVersion()));
            return;
        }
        if (before != null) {
            proveDeadline(cluster, kind, before, news);
            if (isSeenOn(kind, before, news)) {
                counters.resource(before, news, isLive(kind, news));
            }
        }
        boolean changed = switch (news.change()) {
            case DELETED, RELEASED -> forget(news, before);
            case UNDECODABLE -> keepUnread(kind, news, before);
            case SNAPSHOT, ADDED, MODIFIED -> keep(cluster, kind, news, before);
        };
        if (changed) {
            tellTenant(cluster, kind, news, before);
        } else {
            tenants.touch(cluster, news.tenant(), news.observedAt());
        }
    }

    /** Whether nothing of the same object can have been missed between. */
    private static boolean isSeenOn(KindState kind, ResourceState before, Observation.OfResource news) {
        return before.uid().equals(news.uid()) && !before.undecodable() && !kind.isFirstAfterGap(before.position());
    }

    /** Whether what is told happened when it was told: not where a list shows it, or while news comes late. */
    private static boolean isLive(KindState kind, Observation.OfResource news) {
        return news.change() != Change.SNAPSHOT && news.change() != Change.UNDECODABLE && kind.isJudgeable();
    }

    /** When the object, as it is asked for now, was seen to be asked for; null: that was not seen. */
    private static @Nullable Instant generationSince(
            ClusterState cluster, KindState kind, Observation.OfResource news, @Nullable ResourceState before) {
        if (before == null || !before.uid().equals(news.uid())) {
            return isLive(kind, news) && cluster.isJustMade(news.createdAt(), news.observedAt())
                    ? news.observedAt()
                    : null;
        }
        Long generation =
                news.facts().replicas() == null ? null : news.facts().replicas().generation();
        if (Objects.equals(generation, before.generation())) {
            return before.generationSince();
        }
        boolean seen = generation != null && before.generation() != null && isLive(kind, news);
        return seen && isSeenOn(kind, before, news) ? news.observedAt() : null;
    }

    private void tellTenant(
            ClusterState cluster, KindState kind, Observation.OfResource news, @Nullable ResourceState before) {
        TenantState tenant = memory.tenant(news.tenant());
        if (tenant == null || !tenant.own().restsOn(news.object().kindName())) {
            tenants.touch(cluster, news.tenant(), news.observedAt());
            return;
        }
        TenantState now = tenants.endKeptBefore(cluster, tenant, news.observedAt());
        boolean wasUnread = before != null && before.undecodable() && news.change() != Change.UNDECODABLE;
        boolean inFrame = kind.frame() != null && news.change() == Change.SNAPSHOT;
        boolean gone = news.change() == Change.DELETED || news.change() == Change.RELEASED;
        Instant ready = before == null || !gone ? null : before.lastReadyBefore(news.observedAt());
        Tenants.Reading reading = new Tenants.Reading(
                inFrame,
                null,
                wasUnread ? new Tenants.Unread(news.object(), before.seenAt()) : null,
                ready == null ? Map.of() : Map.of(news.object(), ready),
                isLive(kind, news) && (before == null || isSeenOn(kind, before, news)));
        tenants.reread(cluster, now, news.observedAt(), reading);
    }

    private void proveDeadline(
            ClusterState cluster, KindState kind, ResourceState before, Observation.OfResource news) {
        boolean unbroken = before.readiness() == Readiness.NOT_READY
                && !before.undecodable()
                && before.position().epoch() == news.position().epoch()
                && !before.position().isBefore(kind.brokenAt());
        TenantState tenant = unbroken ? memory.tenant(news.tenant()) : null;
        if (tenant != null) {
            tenants.proveByResource(cluster, tenant, news.object(), before.since(), news.observedAt());
        }
    }

    private boolean forget(Observation.OfResource news, @Nullable ResourceState before) {
        if (before == null || !before.isOf(news.uid())) {
            voice.count("deletion-of-unknown");
            return false;
        }
        memory.forget(news.tenant(), news.object());
        return true;
    }

    private boolean keepUnread(KindState kind, Observation.OfResource news, @Nullable ResourceState before) {
        voice.count("undecodable");
        Position frame = kind.frameOf(news.change(), before == null ? Position.NONE : before.frame());
        if (before == null || !before.isOf(news.uid())) {
            memory.put(news.tenant(), ResourceState.unread(news, frame));
        } else {
            Instant knownTo = kind.isFirstAfterGap(before.position()) ? lastAs(kind, before) : news.observedAt();
            memory.put(news.tenant(), before.asUndecodable(knownTo, news.position(), frame));
        }
        return true;
    }

    private boolean keep(
            ClusterState cluster, KindState kind, Observation.OfResource news, @Nullable ResourceState before) {
        boolean sameObject = before != null && before.uid().equals(news.uid());
        boolean sameReadiness = before != null && sameObject && before.readiness() == news.readiness();
        boolean bridged = before != null
                && sameReadiness
                && !before.undecodable()
                && (!kind.isFirstAfterGap(before.position())
                        || before.resourceVersion().equals(news.resourceVersion()));
        Instant earliest;
        if (before == null || !sameObject) {
            earliest = news.change() == Change.SNAPSHOT ? cluster.corrected(news.createdAt()) : news.observedAt();
        } else if (sameReadiness) {
            earliest = before.earliest();
        } else {
            earliest = news.change() == Change.SNAPSHOT ? lastAs(kind, before) : news.observedAt();
        }
        boolean ready = news.readiness() == Readiness.READY;
        boolean lost = before != null && before.readiness() == Readiness.READY;
        ResourceState now = new ResourceState(
                news.object(),
                news.resourceId(),
                news.uid(),
                news.resourceVersion(),
                news.readiness(),
                news.reason(),
                news.owned(),
                news.createdAt(),
                bridged ? before.since() : news.observedAt(),
                earliest,
                news.observedAt(),
                news.position(),
                kind.frameOf(news.change(), before == null ? Position.NONE : before.frame()),
                false,
                ready || before == null ? null : lost ? lastReady(kind, news, before) : before.lastReadyAt(),
                ready || before == null || !sameObject ? null : lost ? before.generation() : before.readyGeneration(),
                generationSince(cluster, kind, news, before),
                news.facts());
        memory.put(news.tenant(), now);
        // By Lynq's stricter reading it may count from now on, or no longer: that explains a drift, or does not any
        // more
        return !sameReadiness || before.undecodable() || before.isEven() != now.isEven();
    }

    private static Instant lastReady(KindState kind, Observation.OfResource news, ResourceState before) {
        return news.change() == Change.SNAPSHOT ? lastAs(kind, before) : news.observedAt();
    }

    /** The last instant at which the object is known to have been as remembered. */
    private static Instant lastAs(KindState kind, ResourceState before) {
        Instant known = kind.knownTo();
        return known == null ? before.seenAt() : Stretch.later(known, before.seenAt());
    }
}
