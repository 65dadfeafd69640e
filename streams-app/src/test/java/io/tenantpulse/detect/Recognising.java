package io.tenantpulse.detect;

import org.jspecify.annotations.Nullable;

/** Recognises what a tenant showed already, as the topology does by bytes. For one tenant. */
final class Recognising {
    private final MapMemory memory;
    private @Nullable Settled settled;
    private Observation.@Nullable OfTenant last;
    private int changes;
    /** How many records were taken without a look. */
    int taken;

    Recognising(MapMemory memory) {
        this.memory = memory;
    }

    void restarted() {
        settled = null;
    }

    void send(Observation news, Detector detector) {
        Observation.OfTenant tenant = news instanceof Observation.OfTenant of ? of : null;
        if (tenant != null && isTaken(tenant)) {
            return;
        }
        detector.on(news);
        if (tenant != null) {
            settled = detector.settled(tenant);
            last = tenant;
            changes = memory.changes;
        }
    }

    private boolean isTaken(Observation.OfTenant news) {
        if (settled == null
                || last == null
                || changes != memory.changes
                || !same(news, last)
                || !settled.cluster()
                        .isSeenAgain(
                                settled.view(),
                                settled.deadline(),
                                news.position().epoch(),
                                news.position().sequence(),
                                news.observedAt().toEpochMilli())) {
            return false;
        }
        TenantState state = memory.tenant(news.tenant());
        if (state == null) {
            throw new AssertionError("settled, but not remembered: " + news.tenant());
        }
        memory.put(seenAt(state, news));
        changes = memory.changes;
        taken++;
        return true;
    }

    private static boolean same(Observation.OfTenant a, Observation.OfTenant b) {
        return new Observation.OfTenant(
                        a.tenant(),
                        b.position(),
                        b.observedAt(),
                        a.change(),
                        a.uid(),
                        b.resourceVersion(),
                        a.facts(),
                        a.dependencies())
                .equals(b);
    }

    private static TenantState seenAt(TenantState state, Observation.OfTenant news) {
        return new TenantState(
                state.id(),
                state.uid(),
                news.resourceVersion(),
                news.position(),
                news.observedAt(),
                state.frame(),
                state.facts(),
                state.generationSince(),
                state.unbrokenSince(),
                state.undecodableSince(),
                state.own(),
                state.clocks(),
                state.incident(),
                state.flips(),
                state.review(),
                state.standing(),
                state.deadline());
    }
}
