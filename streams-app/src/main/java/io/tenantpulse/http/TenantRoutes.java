package io.tenantpulse.http;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import io.tenantpulse.query.TenantQueries;
import io.tenantpulse.query.TenantReport;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code GET /api/v1/tenants/{cluster}/{namespace}/{name}}: what the runbook makes a person find out; and below it
 * {@code /diagnostics}: what the runbook asks to collect before a tenant is escalated, as an archive.
 */
public final class TenantRoutes {
    private static final Logger LOG = LoggerFactory.getLogger(TenantRoutes.class);
    private static final String ROOT = "/api/";
    private static final String PATH = "/api/v1/tenants/{cluster}/{namespace}/{name}";
    private static final String DIAGNOSTICS = PATH + "/diagnostics";
    private static final String KIND = "kind";
    private static final List<String> KINDS = List.of("Tenant", "LynqNode");
    private static final int RETRY_SECONDS = 2;
    /** What any part of a key can be at most; Kubernetes' own names are shorter. */
    private static final int MAX_NAME = 253;

    private final TenantQueries queries;
    private final InstantSource clock;

    /** @param clock tells when an archive was written */
    public TenantRoutes(TenantQueries queries, InstantSource clock) {
        this.queries = queries;
        this.clock = clock;
    }

    /** Adds itself to a server; errors of other paths below {@code /api/} become problems too. */
    public void addTo(RoutesConfig routes) {
        add(routes, PATH, this::tenant);
        add(routes, DIAGNOSTICS, this::diagnostics);
        routes.error(HttpStatus.NOT_FOUND.getCode(), TenantRoutes::onNoRoute);
        routes.error(HttpStatus.METHOD_NOT_ALLOWED.getCode(), TenantRoutes::onWrongMethod);
        routes.exception(RuntimeException.class, TenantRoutes::onFailure);
    }

    /** HEAD asks the same question; without a handler of its own Javalin would answer 200 to every one. */
    private void add(RoutesConfig routes, String path, BiConsumer<Context, TenantReport> found) {
        routes.get(path, context -> answer(context, found));
        routes.head(path, context -> answer(context, found));
    }

    private void tenant(Context context, TenantReport report) {
        context.contentType("application/json")
                .result(new TenantBody(report).json().toString());
    }

    private void diagnostics(Context context, TenantReport report) {
        Diagnostics diagnostics = new Diagnostics(report, clock.instant());
        context.contentType(Diagnostics.MEDIA_TYPE)
                .header("Content-Disposition", "attachment; filename=\"" + diagnostics.name() + ".zip\"")
                .result(diagnostics.archive());
    }

    private void answer(Context context, BiConsumer<Context, TenantReport> found) {
        context.header("Cache-Control", "no-store");
        Problem wrong = wrong(context);
        if (wrong != null) {
            wrong.answer(context);
            return;
        }
        String cluster = context.pathParam("cluster");
        String namespace = context.pathParam("namespace");
        String name = context.pathParam("name");
        TenantQueries.Answer answer = queries.tenant(cluster, namespace, name, context.queryParam(KIND));
        if (answer instanceof TenantQueries.Found known) {
            found.accept(context, known.report());
            return;
        }
        problem(answer, cluster + '/' + namespace + '/' + name).answer(context);
    }

    private static @Nullable Problem wrong(Context context) {
        Set<String> unknown = new TreeSet<>(context.queryParamMap().keySet());
        unknown.remove(KIND);
        if (!unknown.isEmpty()) {
            return Problem.of(
                    HttpStatus.BAD_REQUEST,
                    "unknown-parameter",
                    "unknown parameters " + unknown + ": only kind is known");
        }
        List<String> kinds = context.queryParams(KIND);
        if (kinds.size() > 1 || !KINDS.containsAll(kinds)) {
            return Problem.of(
                    HttpStatus.BAD_REQUEST, "unknown-kind", "kind is given at most once, and is one of " + KINDS);
        }
        for (String part : context.pathParamMap().values()) {
            boolean harmless = !part.isEmpty()
                    && part.length() <= MAX_NAME
                    && part.chars().noneMatch(c -> c == '/' || Character.isISOControl(c));
            if (!harmless) {
                return Problem.of(
                        HttpStatus.BAD_REQUEST,
                        "bad-name",
                        "a cluster, namespace or name has 1 to " + MAX_NAME
                                + " characters, and no slash or control character");
            }
        }
        return null;
    }

    private static Problem problem(TenantQueries.Answer answer, String tenant) {
        if (answer instanceof TenantQueries.Unknown) {
            return Problem.of(
                    HttpStatus.NOT_FOUND,
                    "unknown-tenant",
                    "no tenant " + tenant + " is known: check cluster, namespace and name; it may have been deleted");
        }
        if (answer instanceof TenantQueries.Ambiguous) {
            return Problem.of(
                    HttpStatus.CONFLICT,
                    "ambiguous-tenant",
                    "both a Tenant and a LynqNode are named " + tenant + ": add ?kind=Tenant or ?kind=LynqNode");
        }
        if (answer instanceof TenantQueries.Elsewhere elsewhere) {
            return Problem.of(
                    HttpStatus.MISDIRECTED_REQUEST,
                    "another-instance",
                    "another instance of the detector has partition " + elsewhere.partition() + ", where " + tenant
                            + " belongs: ask that one");
        }
        if (answer instanceof TenantQueries.NotNow notNow) {
            return new Problem(HttpStatus.SERVICE_UNAVAILABLE, "not-now", notNow.why(), RETRY_SECONDS);
        }
        throw new AssertionError(answer);
    }

    private static void onNoRoute(Context context) {
        if (context.path().startsWith(ROOT) && !isProblem(context)) {
            Problem.of(
                            HttpStatus.NOT_FOUND,
                            "unknown-path",
                            "nothing is served here; there are " + PATH + ", " + DIAGNOSTICS
                                    + ", /api/v1/recommendations and /api/v1/trends")
                    .answer(context);
        }
    }

    private static void onWrongMethod(Context context) {
        if (context.path().startsWith(ROOT)) {
            Problem.of(HttpStatus.METHOD_NOT_ALLOWED, "method-not-allowed", "use GET")
                    .answer(context);
        }
    }

    private static boolean isProblem(Context context) {
        String type = context.res().getContentType();
        return type != null && type.startsWith(Problem.MEDIA_TYPE);
    }

    /** Without the failure's message, which may quote what an object says. */
    private static void onFailure(RuntimeException failure, Context context) {
        StackTraceElement[] frames = failure.getStackTrace();
        LOG.atError()
                .addKeyValue("error", failure.getClass().getName())
                .addKeyValue("where", frames.length == 0 ? "unknown" : frames[0])
                .log("a request failed: please report it");
        Problem.of(HttpStatus.INTERNAL_SERVER_ERROR, "internal", "the request failed; the detector's log says where")
                .answer(context);
    }
}
