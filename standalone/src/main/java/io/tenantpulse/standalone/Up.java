package io.tenantpulse.standalone;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.tenantpulse.config.StreamsAppConfig;
import io.tenantpulse.exporter.ExporterApp;
import io.tenantpulse.exporter.ExporterConfig;
import io.tenantpulse.schema.TopicAdmin;
import io.tenantpulse.schema.Topics;
import io.tenantpulse.standalone.demo.Demo;
import io.tenantpulse.standalone.demo.DemoOptions;
import io.tenantpulse.standalone.replay.RecordingWriter;
import io.tenantpulse.topology.StreamsApp;
import io.tenantpulse.v1.AlertTransition;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.jspecify.annotations.Nullable;

/** Everything in one JVM: broker, registry, detector, exporter, and the demo's fleet if one was asked for. */
final class Up {
    private static final Duration STOP_BOUND = Duration.ofSeconds(9);
    private static final Duration TOPICS_TIMEOUT = Duration.ofSeconds(60);
    private static final Duration READY_TIMEOUT = Duration.ofMinutes(5);
    private static final long READY_POLL_MILLIS = 50;
    /** One process holds the data, so its name never clashes, and a new one takes its place at once. */
    private static final String INSTANCE = "up";

    /** Where clusters come from and by which time they live. */
    private record Fleet(List<ExporterConfig.Cluster> clusters, ExporterApp.Time time, double speed) {}

    private final UpOptions options;
    private final ClusterOptions clusters;
    private final RecordingOptions recording;
    private final Progress progress;
    private final Consumer<AlertTransition> reader;
    private final PartStack parts;
    private final CompletableFuture<String> failure = new CompletableFuture<>();

    Up(
            UpOptions options,
            ClusterOptions clusters,
            RecordingOptions recording,
            Progress progress,
            Consumer<AlertTransition> reader) {
        this.options = options;
        this.clusters = clusters;
        this.recording = recording;
        this.progress = progress;
        this.reader = reader;
        this.parts = new PartStack(progress::say);
    }

    /** Starts all parts in order; returns when the detector works. */
    void start() throws IOException, InterruptedException {
        DataFolder data = parts.push("data folder", DataFolder.open(options.data()));
        if (data.leftBy() != null) {
            progress.say("process " + data.leftBy() + " did not end in order: going on from what it had written");
        }
        Fleet fleet = options.isDemo() ? demo(data.path()) : real();
        RecordingWriter tap = recording.open();
        if (tap != null) {
            parts.push("recording", tap);
        }
        EmbeddedBroker broker = parts.push("Kafka", new EmbeddedBroker(data.path(), options.kafkaPort()));
        progress.started("Kafka", broker.bootstrapServers());
        EmbeddedRegistry registry =
                parts.push("schema registry", new EmbeddedRegistry(data.path(), options.registryPort()));
        progress.started("schema registry", registry.url());
        Addresses addresses = new Addresses(broker.bootstrapServers(), registry.url());
        addresses.write(data.path());
        ensureTopics(addresses);
        parts.push("alert feed", new AlertFeed(addresses.bootstrapServers(), addresses.registryUrl(), reader));
        StreamsApp streams = startStreams(data.path(), addresses, fleet);
        startExporter(addresses, fleet, tap);
        awaitReady(streams);
        progress.ready();
    }

    private Fleet real() {
        return new Fleet(clusters.clusters(), new ExporterApp.Time(InstantSource.system(), System::nanoTime), 1);
    }

    private Fleet demo(Path data) {
        Clock begin = DemoTime.begin(data, options.speed(), InstantSource.system());
        Demo demo = parts.push(
                "demo", Demo.start(new DemoOptions(options.speed(), options.seed(), options.tenants(), data), begin));
        parts.push("demo time", DemoTime.follow(data, demo.clock()));
        progress.started(
                "demo fleet",
                String.join(" ", demo.contexts()) + (options.speed() == 1 ? "" : ", speed " + options.speed()));
        List<ExporterConfig.Cluster> simulated = demo.contexts().stream()
                .map(context -> new ExporterConfig.Cluster(context, context, demo.kubeconfig(), false))
                .toList();
        long origin = System.nanoTime();
        double speed = options.speed();
        return new Fleet(
                simulated,
                new ExporterApp.Time(demo.clock(), () -> (long) ((System.nanoTime() - origin) * speed)),
                speed);
    }

    private void ensureTopics(Addresses addresses) throws InterruptedException {
        try (Admin admin =
                Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, addresses.bootstrapServers()))) {
            new TopicAdmin(admin, (short) 1, TOPICS_TIMEOUT).ensure(Topics.DEFAULT.all());
        }
    }

    private StreamsApp startStreams(Path data, Addresses addresses, Fleet fleet) throws InterruptedException {
        StreamsAppConfig config = StreamsAppConfig.of(
                        addresses.bootstrapServers(), addresses.registryUrl(), data.resolve("streams"))
                .withInstance(INSTANCE)
                .withHttp(new StreamsAppConfig.Http("127.0.0.1", options.streamsPort(), List.of()));
        if (options.rules() != null) {
            config = config.withRules(options.rules());
        }
        StreamsApp streams = parts.push(
                "detector",
                new StreamsApp(
                        config,
                        new PrometheusMeterRegistry(PrometheusConfig.DEFAULT),
                        fleet.time().wall()));
        streams.start();
        watch("the detector", streams::await);
        progress.started("detector", "http://127.0.0.1:" + streams.port() + "/metrics");
        return streams;
    }

    private void startExporter(Addresses addresses, Fleet fleet, @Nullable RecordingWriter tap) {
        ExporterConfig config = exporterConfig(addresses, fleet)
                .withTiming(timing(fleet.speed()))
                .withHttp(new ExporterConfig.Http("127.0.0.1", options.exporterPort(), List.of()));
        ExporterApp exporter = parts.push(
                "exporter",
                ExporterApp.onKafka(config, new PrometheusMeterRegistry(PrometheusConfig.DEFAULT), tap, fleet.time()));
        exporter.start();
        watch("the exporter", exporter::await);
        progress.started("exporter", "http://127.0.0.1:" + exporter.httpPort() + "/metrics");
    }

    /** A demo's clocks are one clock; what looks like skew is the time of an answer's way, made longer by its speed. */
    private ExporterConfig exporterConfig(Addresses addresses, Fleet fleet) {
        ExporterConfig config =
                ExporterConfig.of(fleet.clusters(), addresses.bootstrapServers(), addresses.registryUrl());
        return options.isDemo() ? config.withClockSkewAllowed() : config;
    }

    /** The faster a demo, the more often its watermarks come, so that they are never long apart in its own time. */
    private static ExporterConfig.Timing timing(double speed) {
        ExporterConfig.Timing normal = ExporterConfig.Timing.DEFAULT;
        if (speed <= 1) {
            return normal;
        }
        long probeMillis = Math.max(200, (long) (normal.probeInterval().toMillis() / speed));
        return new ExporterConfig.Timing(
                Duration.ofMillis(probeMillis),
                normal.probeTimeout(),
                normal.firstBookmark(),
                normal.watchTimeout(),
                normal.discoveryInterval(),
                normal.absenceGrace(),
                normal.memoryFrameInterval(),
                normal.deniedRetry());
    }

    private interface Wait {
        @Nullable
        Throwable forEnd() throws InterruptedException;
    }

    private void watch(String part, Wait wait) {
        Thread watching = new Thread(
                () -> {
                    try {
                        Throwable why = wait.forEnd();
                        if (why != null) {
                            failure.complete(part + " cannot go on: " + why.getMessage());
                        }
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                },
                "watch-" + part.replace(' ', '-'));
        watching.setDaemon(true);
        watching.start();
    }

    private void awaitReady(StreamsApp streams) throws InterruptedException {
        long deadlineNanos = System.nanoTime() + READY_TIMEOUT.toNanos();
        while (!streams.isReady() && !failure.isDone()) {
            if (System.nanoTime() - deadlineNanos > 0) {
                throw new CommandFailure(
                        ExitCode.INTERNAL,
                        "the detector is not ready after " + READY_TIMEOUT.toSeconds() + " s ("
                                + String.join("; ", streams.parts()) + "): try again with --verbose");
            }
            TimeUnit.MILLISECONDS.sleep(READY_POLL_MILLIS);
        }
    }

    /** Waits until a part cannot go on, and says which and why. */
    String awaitFailure() throws InterruptedException {
        try {
            return failure.get();
        } catch (ExecutionException e) {
            throw new AssertionError(e);
        }
    }

    /** Stops all parts in reverse order, within ten seconds. */
    void stop() {
        // Clients are cut off from a broker that stops with them: what they say of it is of no use to anybody
        LogLevels.silence("org.apache.kafka", "kafka", "io.tenantpulse.exporter");
        parts.close(STOP_BOUND);
    }
}
