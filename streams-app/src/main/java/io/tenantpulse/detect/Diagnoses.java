package io.tenantpulse.detect;

import io.tenantpulse.diagnose.Cause;
import io.tenantpulse.diagnose.CauseWord;
import io.tenantpulse.diagnose.Confidence;
import io.tenantpulse.diagnose.Diagnosis;
import io.tenantpulse.diagnose.DialectEvidence;
import io.tenantpulse.diagnose.Outlook;
import io.tenantpulse.diagnose.StatusDrift;
import io.tenantpulse.diagnose.TenantView;
import io.tenantpulse.diagnose.Views;
import io.tenantpulse.model.Dependency;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiFunction;

/** Diagnoses a tenant from what is remembered of it. No decision depends on it: when it fails, the cause is unknown. */
final class Diagnoses {
    private final Memory memory;
    private final Voice voice;
    private DialectEvidence looks = DialectEvidence.NONE;

    Diagnoses(Memory memory, Voice voice) {
        this.memory = memory;
        this.voice = voice;
    }

    /** @param now instant of the newest that is known */
    Diagnosis of(ClusterState cluster, TenantState tenant, Instant now) {
        return of(cluster, tenant, now, Diagnosis::diagnose);
    }

    /** As {@link #of}, without what is only for people to read. */
    Diagnosis withoutWords(ClusterState cluster, TenantState tenant, Instant now) {
        return of(cluster, tenant, now, Diagnosis::withoutWords);
    }

    private Diagnosis of(
            ClusterState cluster,
            TenantState tenant,
            Instant now,
            BiFunction<TenantView, Instant, Diagnosis> diagnose) {
        try {
            TenantView view = view(cluster, tenant, now);
            Diagnosis diagnosis = diagnose.apply(view, now);
            looks = looks.plus(DialectEvidence.of(view, diagnosis, now));
            return diagnosis;
        } catch (RuntimeException e) {
            voice.failed(tenant.id(), e);
            return unknown(tenant);
        }
    }

    /** What the diagnoses since the last call, which were all of one cluster, tell of its operator. */
    DialectEvidence takeLooks() {
        DialectEvidence taken = looks;
        looks = DialectEvidence.NONE;
        return taken;
    }

    private TenantView view(ClusterState cluster, TenantState tenant, Instant now) {
        List<Dependency> dependencies = memory.dependencies(tenant.id());
        List<ResourceState> resources = new ArrayList<>();
        memory.eachResource(tenant.id(), resources::add);
        List<WarningState> warnings = new ArrayList<>();
        memory.eachWarning(tenant.id(), warnings::add);
        return new TenantSnapshot(cluster, tenant, dependencies == null ? List.of() : dependencies, resources, warnings)
                .view(now);
    }

    private static Diagnosis unknown(TenantState tenant) {
        Cause cause = new Cause(
                CauseWord.UNKNOWN,
                Confidence.POSSIBLE,
                tenant.own().notReady(),
                List.of(),
                1,
                null,
                "the diagnosis failed: the detector's log says where",
                List.of());
        return new Diagnosis(
                List.of(),
                List.of(cause),
                List.of(),
                List.of(),
                new TreeMap<>(Map.of()),
                new Views(Outlook.UNKNOWN, Outlook.UNKNOWN, null),
                new StatusDrift(false, "not judged", "", ""),
                tenant.id().name() + ": cause unknown",
                "The diagnosis failed; the detector's log says where.",
                null);
    }
}
