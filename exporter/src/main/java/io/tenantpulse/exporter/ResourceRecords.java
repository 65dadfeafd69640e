package io.tenantpulse.exporter;

import io.tenantpulse.exporter.kube.Detail;
import io.tenantpulse.exporter.kube.Facts;
import io.tenantpulse.exporter.kube.ObjectName;
import io.tenantpulse.exporter.readiness.ReadinessRule;
import io.tenantpulse.exporter.readiness.Verdict;
import io.tenantpulse.v1.Change;
import io.tenantpulse.v1.ClaimFacts;
import io.tenantpulse.v1.Container;
import io.tenantpulse.v1.JobFacts;
import io.tenantpulse.v1.ObjectRef;
import io.tenantpulse.v1.PodFacts;
import io.tenantpulse.v1.Readiness;
import io.tenantpulse.v1.Replicas;
import io.tenantpulse.v1.ResourceObserved;
import io.tenantpulse.v1.WarningObserved;
import java.util.ArrayList;
import java.util.List;

/** Records of what concerns a tenant: objects and warnings. Position and cluster are set by {@link Records}. */
final class ResourceRecords {
    private ResourceRecords() {}

    static ResourceObserved.Builder resource(Facts facts, Attribution attribution, Change change, Joined joined) {
        ResourceObserved.Builder record = ResourceObserved.newBuilder()
                .setChange(change)
                .setReadiness(Readiness.UNKNOWN)
                .setConditions(List.of())
                .setImages(List.of())
                .setTenantKind(attribution.tenant().kind())
                .setTenantNamespace(attribution.tenant().namespace())
                .setTenantName(attribution.tenant().name())
                .setGroup(facts.name().group())
                .setKind(facts.name().kind())
                .setNamespace(facts.name().namespace())
                .setName(facts.name().name())
                .setUid(facts.uid())
                .setResourceVersion(facts.resourceVersion())
                .setResourceId(attribution.resourceId())
                .setOwned(attribution.owned());
        if (change == Change.UNDECODABLE) {
            return record;
        }
        Verdict verdict = ReadinessRule.of(facts);
        record.setParentUid(joined.parentUid())
                .setReadiness(verdict.readiness())
                .setReason(verdict.reason())
                .setCreatedAt(FleetRecords.instant(facts.createdAt()))
                .setDeletionTimestamp(FleetRecords.instant(facts.deletedAt()))
                .setConditions(FleetRecords.conditions(facts.conditions()));
        detail(record, facts, joined);
        return record;
    }

    private static void detail(ResourceObserved.Builder record, Facts facts, Joined joined) {
        Detail detail = facts.detail();
        if (detail instanceof Detail.OfWorkload workload) {
            record.setImages(workload.images());
            if (facts.kind() != WatchedKind.CRON_JOB) {
                record.setReplicas(replicas(facts, workload));
            }
        } else if (detail instanceof Detail.OfJob job) {
            record.setImages(job.images());
            record.setJob(new JobFacts(
                    job.active(),
                    job.succeeded(),
                    job.failed(),
                    job.completions(),
                    job.backoffLimit(),
                    job.suspended()));
        } else if (detail instanceof Detail.OfPod pod) {
            record.setPod(new PodFacts(pod.phase(), pod.reason(), pod.node(), joined.nodeReady(), containers(pod)));
        } else if (detail instanceof Detail.OfClaim claim) {
            record.setClaim(
                    new ClaimFacts(claim.phase(), claim.storageClass(), joined.classExists(), joined.bindingMode()));
        } else if (detail instanceof Detail.OfService service) {
            record.setServiceType(service.type());
        }
    }

    private static Replicas replicas(Facts facts, Detail.OfWorkload workload) {
        return new Replicas(
                workload.desired(),
                workload.current(),
                workload.updated(),
                workload.ready(),
                workload.available(),
                Records.orNull(facts.generation()),
                Records.orNull(workload.observedGeneration()));
    }

    private static List<Container> containers(Detail.OfPod pod) {
        List<Container> made = new ArrayList<>(pod.containers().size());
        for (Detail.ContainerFacts each : pod.containers()) {
            made.add(new Container(
                    each.name(),
                    each.init(),
                    each.image(),
                    each.ready(),
                    each.restarts(),
                    each.state(),
                    each.reason(),
                    each.message(),
                    each.exitCode(),
                    each.lastReason(),
                    FleetRecords.instant(each.startedAt())));
        }
        return made;
    }

    static WarningObserved.Builder warning(Facts facts, Detail.OfEvent event, Attribution attribution) {
        ObjectName object = event.object();
        return WarningObserved.newBuilder()
                .setTenantKind(attribution.tenant().kind())
                .setTenantNamespace(attribution.tenant().namespace())
                .setTenantName(attribution.tenant().name())
                .setUid(facts.uid())
                .setObject(new ObjectRef(
                        object.group(), object.kind(), object.namespace(), object.name(), event.objectUid()))
                .setResourceId(attribution.resourceId())
                .setReason(event.reason())
                .setMessage(event.message())
                .setCount(event.count())
                .setFirstAt(FleetRecords.instant(event.firstAt()))
                .setLastAt(FleetRecords.instant(event.lastAt()));
    }
}
