package io.tenantpulse.http;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import io.tenantpulse.query.TrendQueries;
import io.tenantpulse.trends.Scope;
import io.tenantpulse.trends.WindowSize;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** {@code GET /api/v1/trends?scope=&window=}: how a fleet, cluster, registry, template or namespace changed over time. */
public final class TrendRoutes {
    private static final String PATH = "/api/v1/trends";
    private static final Set<String> PARAMETERS = Set.of("scope", "window", "from", "to");
    private static final int RETRY_SECONDS = 2;

    private final TrendQueries queries;

    public TrendRoutes(TrendQueries queries) {
        this.queries = queries;
    }

    /** Adds itself to a server. */
    public void addTo(RoutesConfig routes) {
        routes.get(PATH, this::answer);
        routes.head(PATH, this::answer);
    }

    private void answer(Context context) {
        context.header("Cache-Control", "no-store");
        Map<String, List<String>> given = context.queryParamMap();
        boolean once = given.values().stream()
                .allMatch(values -> values.size() == 1 && !values.get(0).isEmpty());
        boolean whole = given.containsKey("scope") && given.containsKey("window");
        if (!PARAMETERS.containsAll(given.keySet()) || !once || !whole) {
            wrong("give scope and window, and if you like from and to, each once and not empty")
                    .answer(context);
            return;
        }
        TrendQueries.Asked asked;
        try {
            asked = new TrendQueries.Asked(
                    Scope.parse(String.valueOf(context.queryParam("scope"))),
                    WindowSize.of(String.valueOf(context.queryParam("window"))),
                    instant(context, "from"),
                    instant(context, "to"));
        } catch (IllegalArgumentException e) {
            wrong(String.valueOf(e.getMessage())).answer(context);
            return;
        }
        answer(context, asked, queries.trends(asked));
    }

    private static void answer(Context context, TrendQueries.Asked asked, TrendQueries.Answer answer) {
        if (answer instanceof TrendQueries.Found found) {
            JsonObject body = new JsonObject()
                    .put("scope", asked.scope().key())
                    .put("window", asked.size().word())
                    .put("limit", TrendQueries.LIMIT)
                    .put("next", found.next())
                    .put("windows", found.windows(), TrendJson::window);
            context.contentType("application/json").result(body.toString());
        } else if (answer instanceof TrendQueries.NoSuchScope) {
            String detail = "no windows are kept of " + asked.scope().key() + ": it has had no tenants, or not lately";
            Problem.of(HttpStatus.NOT_FOUND, "unknown-scope", detail).answer(context);
        } else if (answer instanceof TrendQueries.Elsewhere) {
            Problem.of(
                            HttpStatus.MISDIRECTED_REQUEST,
                            "another-instance",
                            "another instance of the detector has the trends: ask that one")
                    .answer(context);
        } else if (answer instanceof TrendQueries.NotNow notNow) {
            new Problem(HttpStatus.SERVICE_UNAVAILABLE, "not-now", notNow.why(), RETRY_SECONDS).answer(context);
        } else {
            throw new AssertionError(answer);
        }
    }

    private static Problem wrong(String detail) {
        return Problem.of(HttpStatus.BAD_REQUEST, "wrong-parameters", detail);
    }

    private static @Nullable Instant instant(Context context, String parameter) {
        String text = context.queryParam(parameter);
        try {
            return text == null ? null : Instant.parse(text);
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException(
                    "not a time: " + parameter + "=\"" + text + "\"; write it as 2026-01-31T13:00:00Z", e);
        }
    }
}
