package io.tenantpulse.standalone.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A running demo: three simulated clusters behind three API servers, and a kubeconfig to reach them with. */
public final class Demo implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Demo.class);
    /** A real server sends them each minute; a demo's hour may be a minute long. */
    private static final Duration BOOKMARK_EVERY = Duration.ofSeconds(1);

    private static final long STEP_MILLIS = 100;

    private final DemoClock clock;
    private final DemoFleet fleet;
    private final Map<String, DemoApiServer> servers = new LinkedHashMap<>();
    private final Path kubeconfig;
    private final ScheduledExecutorService life = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "demo-fleet");
        thread.setDaemon(true);
        return thread;
    });

    private Demo(DemoOptions options, Clock wallClock) throws IOException {
        fleet = new DemoFleet(options.seed(), options.tenants(), wallClock.instant());
        clock = new DemoClock(fleet.now(), options.speed(), System::nanoTime);
        kubeconfig = options.dir().resolve("demo-kubeconfig.json");
        for (String cluster : fleet.clusters()) {
            servers.put(
                    cluster,
                    new DemoApiServer(fleet.store(cluster), new DemoApiServer.Settings(clock, BOOKMARK_EVERY, 0))
                            .start());
        }
        DemoApiServer.kubeconfig(kubeconfig, servers);
    }

    /** Starts a demo whose time begins now; returns once its API servers answer. */
    public static Demo start(DemoOptions options) {
        return start(options, Clock.systemUTC());
    }

    /** Starts a demo whose time begins at another clock's present; from then on it runs by itself. */
    public static Demo start(DemoOptions options, Clock wallClock) {
        Demo demo;
        try {
            demo = new Demo(options, wallClock);
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "cannot write the demo's kubeconfig to %s: choose another folder".formatted(options.dir()), e);
        }
        demo.life.scheduleWithFixedDelay(demo::live, 0, STEP_MILLIS, TimeUnit.MILLISECONDS);
        LOG.atInfo()
                .addKeyValue("clusters", demo.contexts())
                .addKeyValue("speed", options.speed())
                .addKeyValue("seed", options.seed())
                .addKeyValue("kubeconfig", demo.kubeconfig)
                .log("demo fleet started");
        return demo;
    }

    /** A kubeconfig with one context for each cluster, of the cluster's name. */
    public Path kubeconfig() {
        return kubeconfig;
    }

    public List<String> contexts() {
        return List.copyOf(servers.keySet());
    }

    /** The time of the simulated world: whatever watches it must live by the same clock. */
    public DemoClock clock() {
        return clock;
    }

    public DemoFleet fleet() {
        return fleet;
    }

    /** What is really wrong with each tenant at present. */
    public List<Truth> truth() {
        return fleet.truth();
    }

    public DemoApiServer server(String cluster) {
        DemoApiServer server = servers.get(cluster);
        if (server == null) {
            throw new IllegalArgumentException("the demo has no cluster %s; it has %s".formatted(cluster, contexts()));
        }
        return server;
    }

    @Override
    public void close() {
        life.shutdownNow();
        List<RuntimeException> failures = new ArrayList<>();
        for (DemoApiServer server : servers.values()) {
            try {
                server.close();
            } catch (RuntimeException e) {
                failures.add(e);
            }
        }
        if (!failures.isEmpty()) {
            throw failures.get(0);
        }
    }

    private void live() {
        try {
            fleet.advanceTo(clock.instant());
        } catch (RuntimeException e) { // top of a thread: a scheduled task that throws would end without a word
            LOG.atError().setCause(e).log("the demo fleet made a mistake; it goes on with the next second");
        }
    }
}
