package io.tenantpulse.detect;

import io.tenantpulse.model.TenantId;
import io.tenantpulse.model.Warning;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What news of warnings does to what is remembered of them, and their end by age. */
final class Warnings {
    /** So many are remembered of a tenant, the newest. */
    static final int LIMIT = 50;

    private final Memory memory;
    private final Voice voice;
    private final Tenants tenants;

    Warnings(Memory memory, Voice voice, Tenants tenants) {
        this.memory = memory;
        this.voice = voice;
        this.tenants = tenants;
    }

    void onWarning(ClusterState cluster, Observation.OfWarning news) {
        Warning warning = news.warning();
        WarningState before = memory.warning(news.tenant(), warning.uid());
        if (before != null && !before.position().isBefore(news.position())) {
            voice.count("duplicate");
            return;
        }
        Instant seenAt = seenAt(cluster, news);
        WarningState now = new WarningState(warning, news.position(), seenAt, seenAt.plus(WarningState.AGE));
        if (!now.expiresAt().isAfter(news.observedAt())) {
            return;
        }
        if (before == null) {
            memory.moveExpiry(news.tenant(), warning.uid(), null, now.deadline());
            memory.put(news.tenant(), now);
            forgetOldest(news.tenant());
        } else {
            // Its entry in the index is moved when it is due: repeats are frequent.
            memory.put(news.tenant(), now.standingAt(before.deadline()));
        }
        if (before == null || !before.warning().equals(warning)) {
            tenants.touch(cluster, news.tenant(), news.observedAt());
        }
    }

    /** An Event that a list shows may be old. */
    private static Instant seenAt(ClusterState cluster, Observation.OfWarning news) {
        Instant lastAt = cluster.corrected(news.warning().lastAt());
        return lastAt != null && lastAt.isBefore(news.observedAt()) ? lastAt : news.observedAt();
    }

    private void forgetOldest(TenantId tenant) {
        List<WarningState> all = new ArrayList<>();
        memory.eachWarning(tenant, all::add);
        all.sort(Comparator.comparing(WarningState::seenAt).thenComparing(WarningState::position));
        for (WarningState oldest : all.subList(0, Math.max(0, all.size() - LIMIT))) {
            forget(tenant, oldest.warning().uid(), oldest);
        }
    }

    private void forget(TenantId tenant, String uid, @Nullable WarningState state) {
        if (state != null) {
            memory.moveExpiry(tenant, uid, state.deadline(), null);
        }
        memory.forgetWarning(tenant, uid);
    }

    /** Forgets what has expired. */
    void expire(ClusterState cluster, Instant watermark) {
        for (Memory.WarningKey due : memory.expired(cluster.cluster(), watermark)) {
            WarningState state = memory.warning(due.tenant(), due.uid());
            if (state != null && state.expiresAt().isAfter(watermark)) {
                memory.moveExpiry(due.tenant(), due.uid(), state.deadline(), state.expiresAt());
                memory.put(due.tenant(), state.standingAt(state.expiresAt()));
            } else {
                forget(due.tenant(), due.uid(), state);
            }
        }
    }

    /** The cluster is gone: nothing of it is remembered. */
    void forgetAll(ClusterState cluster) {
        for (Memory.WarningKey each : memory.expired(cluster.cluster(), Instant.MAX)) {
            forget(each.tenant(), each.uid(), memory.warning(each.tenant(), each.uid()));
        }
    }
}
