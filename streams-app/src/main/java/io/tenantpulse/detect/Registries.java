package io.tenantpulse.detect;

import io.tenantpulse.model.RegistryId;
import java.time.Instant;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What news of registries does to what is remembered of them. */
final class Registries {
    private final Rules rules;
    private final Memory memory;
    private final Voice voice;

    Registries(Rules rules, Memory memory, Voice voice) {
        this.rules = rules;
        this.memory = memory;
        this.voice = voice;
    }

    void onRegistry(ClusterState cluster, Observation.OfRegistry news) {
        RegistryState before = memory.registry(news.registry());
        if (before != null && !before.position().isBefore(news.position())) {
            voice.count("duplicate");
            return;
        }
        KindState kind = cluster.kind(news.registry().kindName());
        if (before != null && kind.fromMemory() && before.isOf(news.uid())) {
            memory.put(before.mentioned(kind.frameOf(news.change(), before.frame()), news.resourceVersion()));
            return;
        }
        switch (news.change()) {
            case DELETED -> onDeleted(cluster, news, before);
            case UNDECODABLE -> onUndecodable(cluster, news, before);
            case SNAPSHOT, ADDED, MODIFIED, RELEASED -> onSeen(cluster, news, before);
        }
    }

    private void onDeleted(ClusterState cluster, Observation.OfRegistry news, @Nullable RegistryState before) {
        if (before == null || !before.uid().equals(news.uid())) {
            voice.count("deletion-of-unknown");
            return;
        }
        remove(cluster, proved(cluster, before, news), news.observedAt(), ResolveReason.DELETED);
    }

    private void onUndecodable(ClusterState cluster, Observation.OfRegistry news, @Nullable RegistryState before) {
        voice.count("undecodable");
        if (before == null) {
            return;
        }
        if (!before.isOf(news.uid())) {
            remove(cluster, before, news.observedAt(), ResolveReason.REPLACED);
            return;
        }
        KindState kind = cluster.kind(news.registry().kindName());
        Instant known = kind.knownTo();
        boolean missed = kind.isFirstAfterGap(before.position());
        Instant knownTo = known == null ? before.seenAt() : Stretch.later(known, before.seenAt());
        RegistryState now = proved(cluster, before, news)
                .asUndecodable(
                        missed ? knownTo : news.observedAt(),
                        news.position(),
                        kind.frameOf(news.change(), before.frame()));
        put(before, turn(cluster, now).result());
    }

    private void onSeen(ClusterState cluster, Observation.OfRegistry news, @Nullable RegistryState remembered) {
        RegistryState before = remembered;
        if (before != null && !before.uid().equals(news.uid())) {
            remove(cluster, before, news.observedAt(), ResolveReason.REPLACED);
            before = null;
        }
        KindState kind = cluster.kind(news.registry().kindName());
        RegistryState proved = before == null ? null : proved(cluster, before, news);
        Position frame = kind.frameOf(news.change(), before == null ? Position.NONE : before.frame());
        RegistryTurn turn = turn(cluster, RegistryState.of(news, frame, proved));
        OwnGap gap = before == null
                ? null
                : OwnGap.unseen(kind, before.position(), before.seenAt(), before.undecodableSince(), news.observedAt());
        if (before != null && gap != null) {
            boolean same = before.undecodableSince() == null
                    && before.resourceVersion().equals(news.resourceVersion());
            turn.acrossGap(gap, rules.gapPolicy(), news.observedAt(), same);
        }
        turn.settle(news.observedAt(), true);
        put(before, turn.result());
    }

    /** A later observation of it, with no gap between, proves earlier deadlines. */
    private RegistryState proved(ClusterState cluster, RegistryState before, Observation.OfRegistry news) {
        KindState kind = cluster.kind(news.registry().kindName());
        if (before.undecodableSince() != null || !kind.isUnbroken(before.position(), news.position())) {
            return before;
        }
        RegistryTurn turn = turn(cluster, before);
        turn.proveBefore(news.observedAt());
        return turn.result();
    }

    /** Judges those of these kinds anew by what is remembered: their kind came into sight, or the rules changed. */
    void reread(ClusterState cluster, Set<String> kinds, Instant at) {
        each(cluster, kinds, registry -> {
            RegistryTurn turn = turn(cluster, registry);
            turn.settle(at, false);
            put(registry, turn.result());
        });
    }

    /** After a change of the rules. */
    void reread(ClusterState cluster, Instant at) {
        reread(cluster, RegistryId.KINDS, at);
    }

    /** Says of firing alerts that their kind can no longer be read, or can be again. */
    void sayObservability(ClusterState cluster, Set<String> kinds, Instant at) {
        each(cluster, kinds, registry -> turn(cluster, registry).sayObservability(at));
    }

    /** Lets the watermark judge what is due. */
    void reach(ClusterState cluster, Instant watermark) {
        for (RegistryId id : memory.dueRegistries(cluster.cluster(), watermark)) {
            RegistryState before =
                    Objects.requireNonNull(memory.registry(id), () -> "in the index, but unknown: " + id);
            RegistryTurn turn = turn(cluster, before);
            turn.reach(watermark);
            put(before, turn.result());
        }
    }

    /** Forgets what a frame of that kind did not mention. */
    void sweep(ClusterState cluster, String kind, Position frame, Instant at) {
        each(cluster, Set.of(kind), registry -> {
            if (registry.frame().isBefore(frame)) {
                remove(cluster, registry, at, ResolveReason.DELETED);
            }
        });
    }

    /** The cluster is gone for good: what is said of its registries resolves, and need not be kept. */
    void removeAll(ClusterState cluster, Instant at) {
        each(cluster, RegistryId.KINDS, registry -> {
            remove(cluster, registry, at, ResolveReason.CLUSTER_REMOVED);
            registry.clocks().stream()
                    .filter(Clock::isFiring)
                    .forEach(clock -> voice.forgetAlert(
                            Transition.identity(clock.rule(), registry.id().key(), clock.reason())));
        });
    }

    private void each(ClusterState cluster, Set<String> kinds, Consumer<RegistryState> visitor) {
        if (kinds.stream().anyMatch(RegistryId::isRegistryKind)) {
            memory.eachRegistry(cluster.cluster(), registry -> {
                if (kinds.contains(registry.id().kindName())) {
                    visitor.accept(registry);
                }
            });
        }
    }

    private void remove(ClusterState cluster, RegistryState registry, Instant at, ResolveReason reason) {
        turn(cluster, registry).endAll(at, reason);
        RegistryState stored = memory.registry(registry.id());
        memory.moveDeadline(registry.id(), (stored == null ? registry : stored).deadline(), null);
        memory.forget(registry.id());
    }

    private void put(@Nullable RegistryState before, RegistryState after) {
        Instant standing = before == null ? null : before.deadline();
        if (!after.equals(before)) {
            memory.put(after);
        }
        if (!Objects.equals(standing, after.deadline())) {
            memory.moveDeadline(after.id(), standing, after.deadline());
        }
    }

    private RegistryTurn turn(ClusterState cluster, RegistryState registry) {
        return new RegistryTurn(cluster, rules, voice, registry);
    }
}
