package io.tenantpulse.process;

import io.javalin.Javalin;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.List;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Serves /livez, /readyz, /startupz, /metrics and /info. */
public final class HealthServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(HealthServer.class);

    private final Where where;
    private final MeterRegistry registry;
    private final Checks checks;
    private final Javalin server;

    /**
     * Where to serve.
     *
     * @param address to bind to
     * @param port 0: any free one
     * @param hosts names, beside loopback ones, that a request's Host header may have
     */
    public record Where(String address, int port, List<String> hosts) {
        public Where {
            hosts = List.copyOf(hosts);
        }
    }

    /** What is asked; answered at once, from any thread. */
    public interface Checks {
        /** Whether the process does its work, or tries to: false means that only a restart helps. */
        boolean isAlive();

        /** Whether it can do its work now. */
        boolean isReady();

        /** A line for each part of the process. */
        List<String> parts();

        /** For people, with secrets masked. */
        String effectiveConfig();
    }

    /** @param registry is served if it is one for Prometheus */
    public HealthServer(Where where, MeterRegistry registry, Checks checks) {
        this(where, registry, checks, routes -> {});
    }

    /** @param more adds routes of the process's own; they are behind the same check of the Host header */
    public HealthServer(Where where, MeterRegistry registry, Checks checks, Consumer<RoutesConfig> more) {
        this.where = where;
        this.registry = registry;
        this.checks = checks;
        HostCheck hosts = new HostCheck(where.hosts());
        this.server = Javalin.create(config -> {
            config.startup.showJavalinBanner = false;
            config.jetty.host = where.address();
            config.http.prefer405over404 = true;
            config.routes.before(context -> {
                if (!hosts.allows(context.header("Host"))) {
                    context.status(HttpStatus.MISDIRECTED_REQUEST).result("this host name is not served here\n");
                    context.skipRemainingHandlers();
                }
            });
            config.routes.get("/livez", context -> answer(context, checks.isAlive()));
            config.routes.get("/healthz", context -> answer(context, checks.isAlive()));
            config.routes.get("/readyz", context -> answer(context, checks.isReady()));
            config.routes.get("/startupz", context -> answer(context, checks.isReady()));
            config.routes.get("/metrics", this::metrics);
            config.routes.get(
                    "/info",
                    context ->
                            context.contentType("text/plain; charset=utf-8").result(checks.effectiveConfig() + "\n"));
            more.accept(config.routes);
        });
    }

    /** Begins to serve. */
    public void start() {
        server.start(where.port());
        LOG.atInfo()
                .addKeyValue("url", "http://" + where.address() + ":" + port() + "/")
                .log("serving health and metrics");
    }

    /** The port that is served; differs from the configured one where that is 0. */
    public int port() {
        return server.port();
    }

    @Override
    public void close() {
        server.stop();
    }

    private void answer(Context context, boolean good) {
        StringBuilder text = new StringBuilder(good ? "ok\n" : "not ok\n");
        if (context.queryParam("verbose") != null) {
            checks.parts().forEach(line -> text.append(line).append('\n'));
        }
        context.status(good ? HttpStatus.OK : HttpStatus.SERVICE_UNAVAILABLE)
                .contentType("text/plain; charset=utf-8")
                .result(text.toString());
    }

    private void metrics(Context context) {
        if (registry instanceof PrometheusMeterRegistry prometheus) {
            context.contentType("text/plain; version=0.0.4; charset=utf-8").result(prometheus.scrape());
        } else {
            context.status(HttpStatus.NOT_FOUND).result("metrics are kept elsewhere\n");
        }
    }
}
