package io.tenantpulse.http;

import io.tenantpulse.detect.Clock;
import io.tenantpulse.detect.ClusterState;
import io.tenantpulse.detect.KindCoverage;
import io.tenantpulse.detect.KindState;
import io.tenantpulse.detect.TenantState;
import io.tenantpulse.diagnose.Diagnosis;
import io.tenantpulse.diagnose.Dialect;
import io.tenantpulse.diagnose.SeenObject;
import io.tenantpulse.diagnose.StatusDrift;
import io.tenantpulse.diagnose.Views;
import io.tenantpulse.model.Condition;
import io.tenantpulse.model.Counts;
import io.tenantpulse.model.TenantFacts;
import io.tenantpulse.model.Warning;
import io.tenantpulse.query.TenantReport;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** A tenant as the API tells it: whitelisted facts only. What is not known is left out. */
final class TenantBody {
    private static final int WARNINGS = 50;
    private static final int PODS = 100;

    private final TenantReport report;
    private final TenantState tenant;
    private final Diagnosis diagnosis;

    TenantBody(TenantReport report) {
        this.report = report;
        this.tenant = report.snapshot().tenant();
        this.diagnosis = report.diagnosis();
    }

    JsonObject json() {
        JsonObject body = head().put("description", diagnosis.description());
        putFacts(body);
        putViews(body);
        putResources(body);
        putFindings(body);
        List<SeenObject> pods = podsNotRunning();
        List<Warning> warnings = newestWarnings();
        return body.put("podsNotRunningTotal", pods.size())
                .put("podsNotRunning", firstOf(pods, PODS), ResourceJson::pod)
                .put("warningsTotal", warnings.size())
                .put("warnings", firstOf(warnings, WARNINGS), TenantBody::warning)
                .put("alerts", report.firing(), TenantBody::alert)
                .put("incident", IncidentJson.open(tenant.incident()))
                .put("freshness", freshness(report.snapshot().cluster()))
                .put("dialect", dialect());
    }

    /** Who it is, and how it is in short. */
    JsonObject head() {
        return new JsonObject()
                .put("cluster", tenant.id().cluster())
                .put("namespace", tenant.id().namespace())
                .put("kind", tenant.id().kind())
                .put("name", tenant.id().name())
                .put("uid", tenant.uid())
                .put("health", word(report.health()))
                .put("asOf", report.asOf())
                .put("completeUpTo", report.snapshot().completeUpTo())
                .put("summary", diagnosis.summary());
    }

    /** What its own object says. */
    void putFacts(JsonObject body) {
        TenantFacts facts = tenant.facts();
        Counts counts = facts.counts();
        body.put("createdAt", facts.createdAt())
                .put("deletionTimestamp", facts.deletionTimestamp())
                .put("generation", facts.generation())
                .put("observedGeneration", facts.observedGeneration())
                .put("template", facts.template())
                .put("registry", facts.registry())
                .put("seenAt", tenant.seenAt())
                .put("undecodableSince", tenant.undecodableSince())
                .put("counts", counts == null ? null : counts(counts))
                .put("conditions", facts.conditions(), TenantBody::condition);
    }

    static JsonObject counts(Counts counts) {
        return new JsonObject()
                .put("ready", counts.ready())
                .put("desired", counts.desired())
                .put("failed", counts.failed());
    }

    static JsonObject condition(Condition condition) {
        return new JsonObject()
                .put("type", condition.type())
                .put("status", condition.status())
                .put("reason", condition.reason())
                .put("message", condition.message())
                .put("lastTransitionTime", condition.lastTransitionTime());
    }

    /** The operator's view and ours. */
    void putViews(JsonObject body) {
        Views views = diagnosis.views();
        StatusDrift drift = diagnosis.drift();
        body.put(
                        "views",
                        new JsonObject()
                                .put("operator", views.operator().words())
                                .put("own", views.own().words())
                                .put("difference", views.difference()))
                .put(
                        "drift",
                        new JsonObject()
                                .put("isDrift", drift.isDrift())
                                .put("words", drift.words())
                                .put("told", drift.told())
                                .put("found", drift.found()));
    }

    /** What it asks for, in the order of its spec, and how each stands. */
    void putResources(JsonObject body) {
        body.put("resources", diagnosis.resources(), each -> ResourceJson.resource(each, report.asOf()));
    }

    /** What is wrong, and what waits for what. */
    void putFindings(JsonObject body) {
        body.put("causes", diagnosis.causes(), CauseJson::cause)
                .put(
                        "blockers",
                        diagnosis.blockers(),
                        each -> new JsonObject().put("id", each.id()).put("held", each.held()))
                .putLists("chains", chains())
                .putLists("cycles", diagnosis.cycles())
                .put(
                        "missing",
                        List.copyOf(diagnosis.missing().entrySet()),
                        each -> new JsonObject().put("id", each.getKey()).put("neededBy", each.getValue()));
    }

    /** From each resource that waits to what it waits for, the longest first. */
    private List<List<String>> chains() {
        return diagnosis.resources().stream()
                .map(each -> each.waitsFor())
                .filter(chain -> !chain.isEmpty())
                .sorted(Comparator.comparing((List<String> chain) -> chain.size())
                        .reversed()
                        .thenComparing(chain -> chain.get(0)))
                .toList();
    }

    private List<SeenObject> podsNotRunning() {
        return report.view().objects().stream()
                .filter(ResourceJson::isPodInTrouble)
                .sorted(Comparator.comparing((SeenObject pod) -> pod.object().key()))
                .toList();
    }

    List<Warning> newestWarnings() {
        Comparator<Warning> newest =
                Comparator.comparing((Warning each) -> each.lastAt() == null ? Instant.MIN : each.lastAt());
        return report.view().warnings().stream()
                .sorted(newest.reversed().thenComparing(Warning::uid))
                .toList();
    }

    static JsonObject warning(Warning warning) {
        return new JsonObject()
                .put("object", CauseJson.name(warning.object()))
                .put("resource", warning.resourceId())
                .put("reason", warning.reason())
                .put("message", warning.message())
                .put("count", warning.count())
                .put("firstAt", warning.firstAt())
                .put("lastAt", warning.lastAt());
    }

    static JsonObject alert(Clock clock) {
        return new JsonObject()
                .put("alert", clock.rule())
                .put("severity", word(clock.severity()))
                .put("since", clock.stretch().since())
                .put("at", clock.firedAt())
                .put("reason", clock.reason().isEmpty() ? null : clock.reason());
    }

    private static JsonObject freshness(ClusterState cluster) {
        List<KindState> notLive = cluster.kinds().values().stream()
                .filter(kind -> kind.coverage() != KindCoverage.LIVE)
                .toList();
        return new JsonObject()
                .put("watermark", cluster.watermark())
                .put("probed", cluster.probed())
                .put("skewMillis", cluster.skewMillis())
                .put("staleSince", cluster.staleSince())
                .put("gone", cluster.gone())
                .put(
                        "kindsNotLive",
                        notLive,
                        kind -> new JsonObject()
                                .put("kind", kind.kind())
                                .put("state", word(kind.coverage()))
                                .put("coveredTo", kind.coveredTo())
                                .put("blindSince", kind.blindSince()));
    }

    JsonObject dialect() {
        Dialect dialect = report.dialect().dialect();
        boolean writes = report.dialect().writesObservedGeneration();
        return new JsonObject()
                .put("name", word(dialect))
                .put("words", dialect.words())
                .put("looks", (int) Math.min(Integer.MAX_VALUE, report.dialect().tenants()))
                .put("writesObservedGeneration", writes)
                .put(
                        "reach",
                        List.copyOf(dialect.reach(writes).entrySet()),
                        each -> new JsonObject().put("alert", each.getKey()).put("words", each.getValue()));
    }

    /** Enums as the API has them: {@code full-path}. */
    static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static <T> List<T> firstOf(List<T> all, int most) {
        return all.subList(0, Math.min(most, all.size()));
    }
}
