package io.tenantpulse.exporter;

import io.tenantpulse.exporter.kube.ConditionFacts;
import io.tenantpulse.exporter.kube.DependencyFacts;
import io.tenantpulse.exporter.kube.Detail;
import io.tenantpulse.exporter.kube.Facts;
import io.tenantpulse.exporter.kube.ObjectName;
import io.tenantpulse.v1.Change;
import io.tenantpulse.v1.Condition;
import io.tenantpulse.v1.Dependency;
import io.tenantpulse.v1.RegistryObserved;
import io.tenantpulse.v1.TemplateObserved;
import io.tenantpulse.v1.TenantObserved;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Records of tenants, registries and templates. Position and cluster are set by {@link Records}. */
final class FleetRecords {
    private FleetRecords() {}

    static TenantObserved.Builder tenant(Facts facts, Change change, boolean dependencies) {
        TenantObserved.Builder record = TenantObserved.newBuilder()
                .setChange(change)
                .setConditions(List.of())
                .setAppliedIds(List.of())
                .setSkippedIds(List.of())
                .setKind(facts.kind().kind())
                .setNamespace(facts.name().namespace())
                .setName(facts.name().name())
                .setUid(facts.uid())
                .setResourceVersion(facts.resourceVersion());
        if (change == Change.UNDECODABLE || !(facts.detail() instanceof Detail.OfTenant detail)) {
            return record;
        }
        return record.setCreatedAt(instant(facts.createdAt()))
                .setDeletionTimestamp(instant(facts.deletedAt()))
                .setGeneration(Records.orNull(facts.generation()))
                .setObservedGeneration(Records.orNull(detail.observedGeneration()))
                .setDesired(count(detail.hasStatus(), detail.desired()))
                .setReady(count(detail.hasStatus(), detail.ready()))
                .setFailed(count(detail.hasStatus(), detail.failed()))
                .setConditions(conditions(facts.conditions()))
                .setAppliedIds(ids(detail.applied()))
                .setSkippedIds(detail.skipped())
                .setTemplate(detail.template())
                .setTemplateGeneration(Records.orNull(detail.templateGeneration()))
                .setRegistry(detail.registry())
                .setApplyStartTime(instant(detail.applyStartTime()))
                .setDependencies(dependencies ? dependencies(facts.name(), detail.dependencies()) : null);
    }

    private static List<Dependency> dependencies(ObjectName tenant, List<DependencyFacts> entries) {
        List<Dependency> made = new ArrayList<>(entries.size());
        for (DependencyFacts each : entries) {
            ObjectName object = each.object(tenant.namespace());
            made.add(new Dependency(
                    each.id(),
                    object.group(),
                    object.kind(),
                    object.namespace(),
                    object.name(),
                    each.dependIds(),
                    each.waitForReady(),
                    each.timeoutSeconds(),
                    each.creationPolicy()));
        }
        return made;
    }

    /** The ids in {@code Kind/namespace/name@id}, sorted. */
    private static List<String> ids(List<String> applied) {
        TreeSet<String> ids = new TreeSet<>();
        for (String each : applied) {
            int at = each.lastIndexOf('@');
            if (at >= 0) {
                ids.add(each.substring(at + 1));
            }
        }
        return List.copyOf(ids);
    }

    static RegistryObserved.Builder registry(Facts facts, Change change) {
        RegistryObserved.Builder record = RegistryObserved.newBuilder()
                .setChange(change)
                .setConditions(List.of())
                .setKind(facts.kind().kind())
                .setNamespace(facts.name().namespace())
                .setName(facts.name().name())
                .setUid(facts.uid())
                .setResourceVersion(facts.resourceVersion());
        if (change == Change.UNDECODABLE || !(facts.detail() instanceof Detail.OfRegistry detail)) {
            return record;
        }
        return record.setCreatedAt(instant(facts.createdAt()))
                .setDeletionTimestamp(instant(facts.deletedAt()))
                .setGeneration(Records.orNull(facts.generation()))
                .setObservedGeneration(Records.orNull(detail.observedGeneration()))
                .setDesired(count(detail.hasStatus(), detail.desired()))
                .setReady(count(detail.hasStatus(), detail.ready()))
                .setFailed(count(detail.hasStatus(), detail.failed()))
                .setReferencingTemplates(count(detail.hasStatus(), detail.referencingTemplates()))
                .setConditions(conditions(facts.conditions()));
    }

    static TemplateObserved.Builder template(Facts facts, Change change) {
        TemplateObserved.Builder record = TemplateObserved.newBuilder()
                .setChange(change)
                .setConditions(List.of())
                .setKind(facts.kind().kind())
                .setNamespace(facts.name().namespace())
                .setName(facts.name().name())
                .setUid(facts.uid())
                .setResourceVersion(facts.resourceVersion());
        if (change == Change.UNDECODABLE || !(facts.detail() instanceof Detail.OfTemplate detail)) {
            return record;
        }
        return record.setCreatedAt(instant(facts.createdAt()))
                .setDeletionTimestamp(instant(facts.deletedAt()))
                .setGeneration(Records.orNull(facts.generation()))
                .setObservedGeneration(Records.orNull(detail.observedGeneration()))
                .setTotalTenants(count(detail.hasStatus(), detail.total()))
                .setReadyTenants(count(detail.hasStatus(), detail.ready()))
                .setRegistry(detail.registry())
                .setConditions(conditions(facts.conditions()));
    }

    static List<Condition> conditions(List<ConditionFacts> conditions) {
        List<Condition> made = new ArrayList<>(conditions.size());
        for (ConditionFacts each : conditions) {
            made.add(new Condition(
                    each.type(), each.status(), each.reason(), each.message(), instant(each.lastTransitionTime())));
        }
        return made;
    }

    static @Nullable Instant instant(long millis) {
        return millis == Facts.NONE ? null : Instant.ofEpochMilli(millis);
    }

    /** A count that is absent is 0 where there is a status, and unknown where there is none. */
    private static @Nullable Integer count(boolean hasStatus, int count) {
        return hasStatus ? (Integer) count : null;
    }
}
