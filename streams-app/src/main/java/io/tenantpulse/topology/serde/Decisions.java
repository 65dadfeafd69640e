package io.tenantpulse.topology.serde;

import io.tenantpulse.detect.FleetAlert;
import io.tenantpulse.detect.IncidentChange;
import io.tenantpulse.detect.ResolveReason;
import io.tenantpulse.detect.Severity;
import io.tenantpulse.detect.Transition;
import io.tenantpulse.model.Counts;
import io.tenantpulse.model.TenantId;
import io.tenantpulse.v1.AlertStatus;
import io.tenantpulse.v1.AlertTransition;
import io.tenantpulse.v1.Incident;
import io.tenantpulse.v1.IncidentStatus;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Turns what the detector decides into the records of the output topics. */
final class Decisions {
    /** As the contract says: so many ids are named at most. */
    private static final int ID_LIMIT = 100;

    private Decisions() {}

    static AlertTransition toRecord(Transition from) {
        TenantId tenant = from.tenant();
        FleetAlert fleet = from.fleet();
        Counts counts = from.counts();
        AlertTransition.Builder record = AlertTransition.newBuilder()
                .setAlert(from.alert())
                .setStatus(status(from.status()))
                .setCluster(from.cluster())
                .setNamespace(tenant == null ? namespace(fleet) : tenant.namespace())
                .setKind(tenant == null ? kind(fleet) : tenant.kind())
                .setTenant(tenant == null ? null : tenant.name())
                .setUid(from.uid())
                .setSeverity(word(from.severity()))
                .setSince(from.since())
                .setAt(from.at())
                .setDecidedAt(from.decidedAt())
                .setHoldMillis(from.hold().toMillis())
                .setFrozenMillis(from.frozen().toMillis())
                .setContinuity(from.unproven() ? "unproven" : "proven")
                .setObservability(from.unobservable() ? "unobservable" : "observed")
                .setIncident(from.incident())
                .setReason(word(from.reason()))
                .setLabels(from.labels())
                .setDesired(counts == null ? null : counts.desired())
                .setReady(counts == null ? null : counts.ready())
                .setFailed(counts == null ? null : counts.failed())
                .setNotReady(firstOf(from.notReady()))
                .setRegressed(firstOf(from.regressed()))
                .setBlocker(from.blocker())
                .setRunbookUrl(from.runbookUrl());
        if (from.diagnosis() != null) {
            Diagnoses.put(from.diagnosis(), record);
        }
        if (fleet != null) {
            record.setSummary(fleet.summary()).setDescription(fleet.description());
            if (fleet.surge() != null) {
                Surges.put(fleet.surge(), record);
            }
        }
        return record.build();
    }

    private static @Nullable String namespace(@Nullable FleetAlert fleet) {
        return fleet == null ? null : fleet.namespace();
    }

    private static @Nullable String kind(@Nullable FleetAlert fleet) {
        return fleet == null ? null : fleet.kind();
    }

    static Incident toRecord(IncidentChange from) {
        return Incident.newBuilder()
                .setId(from.id())
                .setStatus(status(from.status()))
                .setCluster(from.tenant().cluster())
                .setNamespace(from.tenant().namespace())
                .setKind(from.tenant().kind())
                .setTenant(from.tenant().name())
                .setUid(from.uid())
                .setSince(from.since())
                .setOpenedAt(from.openedAt())
                .setEndedAt(from.endedAt())
                .setReason(word(from.reason()))
                .setSeverity(word(from.severity()))
                .setFiring(from.firing())
                .setAlerts(from.alerts())
                .setCause(from.told() == null ? null : from.told().cause())
                .setCauseResource(from.told() == null ? null : from.told().resource())
                .setBlocker(from.told() == null ? null : from.told().blocker())
                .setTemplate(from.template())
                .setRegistry(from.registry())
                .build();
    }

    private static AlertStatus status(Transition.Status status) {
        return switch (status) {
            case FIRING -> AlertStatus.FIRING;
            case UPDATED -> AlertStatus.UPDATED;
            case RESOLVED -> AlertStatus.RESOLVED;
        };
    }

    private static IncidentStatus status(IncidentChange.Status status) {
        return switch (status) {
            case OPENED -> IncidentStatus.OPENED;
            case UPDATED -> IncidentStatus.UPDATED;
            case ENDED -> IncidentStatus.ENDED;
        };
    }

    private static String word(Severity severity) {
        return severity.name().toLowerCase(Locale.ROOT);
    }

    private static @Nullable String word(@Nullable ResolveReason reason) {
        return reason == null ? null : reason.word();
    }

    static List<String> firstOf(List<String> ids) {
        return firstOf(ids, ID_LIMIT);
    }

    static <T> List<T> firstOf(List<T> all, int limit) {
        return all.size() <= limit ? all : all.subList(0, limit);
    }
}
