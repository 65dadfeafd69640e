package io.tenantpulse.http;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import io.tenantpulse.query.TimeoutQueries;
import io.tenantpulse.trends.TimeoutAdvice;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** {@code GET /api/v1/recommendations?cluster=}: what {@code timeoutSeconds} the resources of templates should have. */
public final class TimeoutRoutes {
    private static final String PATH = "/api/v1/recommendations";
    private static final Set<String> PARAMETERS = new TreeSet<>(Set.of("cluster", "namespace", "template"));
    private static final int RETRY_SECONDS = 2;

    private final TimeoutQueries queries;

    public TimeoutRoutes(TimeoutQueries queries) {
        this.queries = queries;
    }

    /** Adds itself to a server. */
    public void addTo(RoutesConfig routes) {
        routes.get(PATH, this::answer);
        routes.head(PATH, this::answer);
    }

    private void answer(Context context) {
        context.header("Cache-Control", "no-store");
        Problem wrong = wrong(context);
        if (wrong != null) {
            wrong.answer(context);
            return;
        }
        TimeoutQueries.Answer answer = queries.timeouts(
                String.valueOf(context.queryParam("cluster")),
                context.queryParam("namespace"),
                context.queryParam("template"));
        if (answer instanceof TimeoutQueries.Found found) {
            JsonObject body = new JsonObject()
                    .putCount("enough", TimeoutAdvice.ENOUGH)
                    .put("templates", found.templates(), TimeoutRoutes::template);
            context.contentType("application/json").result(body.toString());
        } else if (answer instanceof TimeoutQueries.Elsewhere) {
            Problem.of(
                            HttpStatus.MISDIRECTED_REQUEST,
                            "another-instance",
                            "another instance of the detector has the trends: ask that one")
                    .answer(context);
        } else if (answer instanceof TimeoutQueries.NotNow notNow) {
            new Problem(HttpStatus.SERVICE_UNAVAILABLE, "not-now", notNow.why(), RETRY_SECONDS).answer(context);
        } else {
            throw new AssertionError(answer);
        }
    }

    private static @Nullable Problem wrong(Context context) {
        Map<String, List<String>> given = context.queryParamMap();
        boolean once = given.values().stream()
                .allMatch(values -> values.size() == 1 && !values.get(0).isEmpty());
        if (!PARAMETERS.containsAll(given.keySet()) || !once || !given.containsKey("cluster")) {
            return Problem.of(
                    HttpStatus.BAD_REQUEST,
                    "wrong-parameters",
                    "give cluster, and if you like namespace and template, each once and not empty");
        }
        return null;
    }

    private static JsonObject template(TimeoutQueries.OfTemplate of) {
        return new JsonObject()
                .put("cluster", of.template().cluster())
                .put("namespace", of.template().namespace())
                .put("template", of.template().name())
                .put("from", of.from())
                .put("to", of.to())
                .put("resources", List.copyOf(of.byResource().entrySet()), TimeoutRoutes::resource);
    }

    private static JsonObject resource(Map.Entry<String, TimeoutAdvice> each) {
        TimeoutAdvice advice = each.getValue();
        return new JsonObject()
                .put("resource", each.getKey())
                .putCount("samples", advice.samples())
                .putSeconds("p50", advice.p50())
                .putSeconds("p95", advice.p95())
                .putSeconds("p99", advice.p99())
                .putSeconds("configured", advice.configured())
                .putCount("passed", advice.passed())
                .put("verdict", advice.verdict().word())
                .putSeconds("recommended", advice.recommended())
                .put("reason", advice.reason());
    }
}
