package io.tenantpulse.http;

import io.tenantpulse.trends.ByHealth;
import io.tenantpulse.trends.Health;
import io.tenantpulse.trends.Incidents;
import io.tenantpulse.trends.KindLoad;
import io.tenantpulse.trends.Members;
import io.tenantpulse.trends.Population;
import io.tenantpulse.trends.Quantiles;
import io.tenantpulse.trends.ReadyTimes;
import io.tenantpulse.trends.TopCounts;
import io.tenantpulse.trends.Totals;
import io.tenantpulse.trends.TrendWindow;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** A window of trends as JSON. Averages are over the time that is in the window; durations are in seconds. */
final class TrendJson {
    private TrendJson() {}

    static JsonObject window(TrendWindow window) {
        Totals totals = window.totals();
        Population population = totals.population();
        long millis = Duration.ofMinutes(window.minutes()).toMillis();
        return new JsonObject()
                .put("start", window.start())
                .put("end", window.end())
                .put("upTo", window.upTo())
                .putCount("minutes", window.minutes())
                .put("revision", window.revision())
                .put("blindClusters", window.blindClusters())
                .putDecimal("unhealthyShare", population.time().unhealthyShare())
                .put("tenants", tenants(population, millis))
                .put("transitions", List.copyOf(population.turns().entrySet()), TrendJson::transition)
                .put("unhealthyAtEnd", members(totals.members()))
                .put("incidents", incidents(totals.incidents()))
                .put(
                        "notReadyByKind",
                        List.copyOf(totals.notReadyByKind().entrySet()),
                        each -> kind(each.getKey(), each.getValue(), millis))
                .put("timeToReady", quantiles(totals.timeToReady()))
                .put("resources", List.copyOf(totals.readyByResource().entrySet()), TrendJson::resource)
                .putCount("restarts", totals.restarts())
                .putCount("late", totals.late());
    }

    private static JsonObject tenants(Population population, long millis) {
        return new JsonObject()
                .put("average", byHealth(health -> average(population.time().of(health), millis)))
                .put("atStart", counts(population.atStart()))
                .put("atEnd", counts(population.atEnd()))
                .putCount("added", population.added().total())
                .putCount("removed", population.removed().total());
    }

    private static JsonObject byHealth(ToDoubleFunction<Health> amount) {
        JsonObject all = new JsonObject();
        for (Health each : Health.values()) {
            all.putDecimal(each.word(), amount.applyAsDouble(each));
        }
        return all;
    }

    private static JsonObject counts(ByHealth tenants) {
        JsonObject all = new JsonObject();
        for (Health each : Health.values()) {
            all.putCount(each.word(), tenants.of(each));
        }
        return all;
    }

    private static double average(long amountMillis, long millis) {
        return millis == 0 ? 0 : (double) amountMillis / millis;
    }

    private static JsonObject transition(Map.Entry<String, Long> turn) {
        String[] sides = turn.getKey().split(">", 2);
        return new JsonObject().put("from", sides[0]).put("to", sides[1]).putCount("count", turn.getValue());
    }

    private static JsonObject members(Members members) {
        return new JsonObject()
                .putCount("count", members.count())
                .put("byCause", top(members.byCause()))
                .put("byTemplateGeneration", top(members.byTemplateGeneration()))
                .put("firstSince", members.firstSince())
                .put("lastSince", members.lastSince());
    }

    private static JsonObject incidents(Incidents incidents) {
        return new JsonObject()
                .putCount("opened", incidents.opened())
                .putCount("closed", incidents.closed())
                .putCount("recovered", incidents.recovered())
                .putSeconds("meanTimeToRecovery", incidents.recovered() == 0 ? null : incidents.meanTimeToRecovery())
                .put("length", quantiles(incidents.length()))
                .put("openedByCause", top(incidents.openedByCause()))
                .put("openedByBlocker", top(incidents.openedByBlocker()))
                .put("closedByCause", top(incidents.closedByCause()))
                .put("closedByBlocker", top(incidents.closedByBlocker()));
    }

    private static JsonObject top(TopCounts counts) {
        return new JsonObject()
                .put(
                        "counts",
                        counts.ranked(),
                        each -> new JsonObject().put("name", each.getKey()).putCount("count", each.getValue()))
                .putCount("other", counts.other());
    }

    private static JsonObject kind(String kind, KindLoad load, long millis) {
        return new JsonObject()
                .put("kind", kind)
                .putDecimal("average", average(load.millis(), millis))
                .putCount("atEnd", load.atEnd());
    }

    private static JsonObject resource(Map.Entry<String, ReadyTimes> each) {
        ReadyTimes ready = each.getValue();
        return quantiles(new JsonObject().put("resource", each.getKey()), ready.times())
                .putSeconds("configured", ready.timeout())
                .putCount("passed", ready.overTimeout());
    }

    private static JsonObject quantiles(Quantiles times) {
        return quantiles(new JsonObject(), times);
    }

    private static JsonObject quantiles(JsonObject into, Quantiles times) {
        JsonObject all = into.putCount("samples", times.count());
        return times.isEmpty()
                ? all
                : all.putSeconds("p50", times.quantile(0.5))
                        .putSeconds("p95", times.quantile(0.95))
                        .putSeconds("p99", times.quantile(0.99));
    }
}
