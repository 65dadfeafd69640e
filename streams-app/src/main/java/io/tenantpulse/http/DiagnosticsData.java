package io.tenantpulse.http;

import io.tenantpulse.detect.IncidentHistory;
import io.tenantpulse.detect.PastIncident;
import io.tenantpulse.detect.ResourceState;
import io.tenantpulse.model.TenantFacts;
import io.tenantpulse.query.TenantReport;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;

/** The files of an archive of diagnostics that hold what is known of the tenant; lists are whole and in a fixed order. */
final class DiagnosticsData {
    private final TenantReport report;
    private final TenantBody body;

    DiagnosticsData(TenantReport report) {
        this.report = report;
        this.body = new TenantBody(report);
    }

    List<Diagnostics.File> files() {
        return List.of(
                Diagnostics.File.of(
                        "tenant.json",
                        "the tenant's own object (counts, conditions, generations), the alerts that fire, and whether"
                                + " the operator's view and ours agree",
                        tenant()),
                Diagnostics.File.of(
                        "resources.json",
                        "\"resources\": what the tenant asks for, in the order of its spec, and how each stands;"
                                + " \"objects\": every object that belongs to it, but for pods",
                        resources()),
                Diagnostics.File.of(
                        "pods.json",
                        "every pod, with its containers and conditions, as kubectl describe tells",
                        pods()),
                Diagnostics.File.of(
                        "events.json",
                        "warnings of the last hour about the tenant and its objects, the newest first; at most 50",
                        events()),
                Diagnostics.File.of(
                        "diagnosis.json",
                        "causes, the leading one first, with evidence and kubectl commands; blockers, chains, cycles;"
                                + " how the cluster's operator behaves",
                        diagnosis()),
                Diagnostics.File.of(
                        "incidents.json",
                        "the incident that is open, and those that have ended, the newest first; at most "
                                + IncidentHistory.LIMIT,
                        incidents()));
    }

    private JsonObject tenant() {
        TenantFacts facts = report.view().facts();
        JsonObject json = body.head();
        body.putFacts(json);
        json.put("appliedIds", facts.appliedIds())
                .put("skippedIds", facts.skippedIds())
                .put("applyStartTime", facts.applyStartTime())
                .put("templateGeneration", facts.templateGeneration());
        body.putViews(json);
        return json.put("alerts", report.firing(), TenantBody::alert);
    }

    private JsonObject resources() {
        JsonObject json = new JsonObject();
        body.putResources(json);
        return json.put("objects", objects(false), ObjectJson::object);
    }

    private JsonObject pods() {
        return new JsonObject().put("pods", objects(true), ObjectJson::object);
    }

    private List<ResourceState> objects(boolean pods) {
        return report.snapshot().resources().stream()
                .filter(each -> each.object().kindName().equals("Pod") == pods)
                .sorted(Comparator.comparing(
                        (ResourceState each) -> each.object().key()))
                .toList();
    }

    private JsonObject events() {
        return new JsonObject().put("warnings", body.newestWarnings(), TenantBody::warning);
    }

    private JsonObject diagnosis() {
        JsonObject json = new JsonObject()
                .put("summary", report.diagnosis().summary())
                .put("description", report.diagnosis().description());
        body.putViews(json);
        body.putFindings(json);
        return json.put("dialect", body.dialect());
    }

    private JsonObject incidents() {
        List<PastIncident> newestFirst = new ArrayList<>(report.incidents());
        Collections.reverse(newestFirst);
        return new JsonObject()
                .put("open", IncidentJson.open(report.snapshot().tenant().incident()))
                .put("ended", newestFirst, IncidentJson::ended);
    }
}
