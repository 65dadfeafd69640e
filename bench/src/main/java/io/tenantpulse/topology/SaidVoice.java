package io.tenantpulse.topology;

import io.tenantpulse.bench.oracle.Said;
import io.tenantpulse.detect.IncidentChange;
import io.tenantpulse.detect.Transition;
import io.tenantpulse.detect.Voice;
import io.tenantpulse.model.TenantId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Keeps what a detector says, as the oracle says it; changes while firing are left out. */
final class SaidVoice implements Voice {
    private final List<Transition> said = new ArrayList<>();
    private final Map<String, Instant> incidents = new HashMap<>();

    List<Said> said() {
        return said.stream().map(this::fact).toList();
    }

    private Said fact(Transition transition) {
        boolean firing = transition.status() == Transition.Status.FIRING;
        String label =
                transition.labels().getOrDefault("reason", transition.labels().getOrDefault("resource_kind", ""));
        return new Said(
                transition.alert(),
                transition.scopeKey(),
                label,
                firing ? Said.Status.FIRING : Said.Status.RESOLVED,
                transition.since(),
                transition.at(),
                transition.decidedAt(),
                firing ? transition.frozen() : Duration.ZERO,
                transition.reason() == null
                        ? null
                        : transition.reason().name().toLowerCase(Locale.ROOT).replace('_', '-'),
                transition.incident() == null ? null : incidents.get(transition.incident()));
    }

    @Override
    public void say(Transition transition) {
        if (transition.status() != Transition.Status.UPDATED) {
            said.add(transition);
        }
    }

    @Override
    public void say(IncidentChange change) {
        incidents.put(change.id(), change.since());
    }

    @Override
    public void forgetAlert(String identity) {}

    @Override
    public void failed(TenantId tenant, RuntimeException failure) {
        throw failure;
    }

    @Override
    public void count(String what) {}
}
