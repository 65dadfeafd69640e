package io.tenantpulse.topology;

import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.micrometer.core.instrument.MeterRegistry;
import io.tenantpulse.config.RulesFile;
import io.tenantpulse.config.StreamsAppConfig;
import io.tenantpulse.detect.Rules;
import io.tenantpulse.http.TenantRoutes;
import io.tenantpulse.http.TimeoutRoutes;
import io.tenantpulse.http.TrendRoutes;
import io.tenantpulse.metrics.Meters;
import io.tenantpulse.metrics.TenantSeries;
import io.tenantpulse.process.HealthServer;
import io.tenantpulse.schema.RegistryClients;
import io.tenantpulse.schema.RegistryUnavailableException;
import io.tenantpulse.schema.SerdeSettings;
import io.tenantpulse.schema.TopicAdmin;
import io.tenantpulse.topology.serde.LogCodec;
import io.tenantpulse.topology.serde.RegistryPatience;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.errors.StreamsNotStartedException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The detector as a process or as a part of one: topics, topology, health, metrics and the API. Start it once, then close it. */
public final class StreamsApp implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(StreamsApp.class);
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(30);
    private static final Duration TOPIC_TIMEOUT = Duration.ofSeconds(60);

    private final StreamsAppConfig config;
    private final RegistryPatience patience = RegistryPatience.standard();
    private final ThreadFailures failures = new ThreadFailures();
    private final SchemaRegistryClient registry;
    private final LogCodec codec;
    private final KafkaStreams streams;
    private final TenantSeriesFeed series;
    private final @Nullable HealthServer http;
    private final AtomicBoolean closing = new AtomicBoolean();
    private final CountDownLatch ended = new CountDownLatch(1);

    /**
     * Reads the rules and makes the parts; nothing is connected yet.
     *
     * @throws io.tenantpulse.config.ConfigException if the rules cannot be used
     */
    public StreamsApp(StreamsAppConfig config, MeterRegistry meterRegistry, InstantSource clock) {
        this.config = config;
        Rules rules = config.rules() == null ? Rules.builtIn() : RulesFile.read(config.rules());
        SerdeSettings settings = SerdeSettings.from(config.registry());
        this.registry = RegistryClients.create(settings);
        this.codec = new LogCodec(registry, settings, patience);
        Meters meters = new Meters(meterRegistry);
        TopologyParts parts = new TopologyParts(config.topics(), rules, codec, meters, clock, true);
        this.streams = new KafkaStreams(FleetTopology.build(parts), StreamsProperties.of(config));
        streams.setUncaughtExceptionHandler(failures);
        streams.setGlobalStateRestoreListener(new RestoreProgress(meters));
        streams.setStateListener((now, before) -> onState(now));
        meters.ready(this::isReady);
        StoreQueries stores = new StoreQueries(
                streams,
                config.topics().observations(),
                new StoreQueries.Where(version(), config.applicationId(), config.instance()));
        this.series = new TenantSeriesFeed(config.metricTenants(), stores, new TenantSeries(meterRegistry));
        TenantRoutes api = new TenantRoutes(stores, clock);
        TrendStoreQueries fleet = new TrendStoreQueries(streams, config.topics().trendPartials());
        this.http = config.http().port() < 0
                ? null
                : new HealthServer(where(config.http()), meterRegistry, new Health(), routes -> {
                    api.addTo(routes);
                    new TimeoutRoutes(fleet).addTo(routes);
                    new TrendRoutes(fleet).addTo(routes);
                });
    }

    /**
     * Serves health, makes missing topics, checks our schemas, and begins to process.
     *
     * @throws io.tenantpulse.schema.TopicsException if topics are not as they must be or the broker does not answer
     * @throws io.tenantpulse.schema.SchemaRejectedException if the registry refuses our schemas
     */
    public void start() throws InterruptedException {
        if (http != null) {
            http.start();
        }
        try (Admin admin = Admin.create(Map.copyOf(config.kafka()))) {
            new TopicAdmin(admin, config.replication(), TOPIC_TIMEOUT)
                    .ensure(config.topics().all());
        }
        try {
            codec.prepare(config.topics());
        } catch (RegistryUnavailableException e) {
            LOG.atWarn()
                    .addKeyValue("cause", e.getMessage())
                    .log("schema registry does not answer: starting all the same, records wait for it");
        }
        streams.start();
        series.start();
    }

    /** Whether the process does its work or tries to; false means that only a restart helps. */
    public boolean isAlive() {
        boolean stopped = switch (streams.state()) {
            case CREATED, REBALANCING, RUNNING -> false;
            case PENDING_SHUTDOWN, NOT_RUNNING, PENDING_ERROR, ERROR -> !closing.get();
        };
        return !stopped && failures.fatal() == null && !areAllThreadsDead();
    }

    private boolean areAllThreadsDead() {
        return streams.state().isRunningOrRebalancing()
                && streams.metadataForLocalThreads().stream()
                        .allMatch(thread -> thread.threadState().equals("DEAD"));
    }

    /** Whether every partition of this process is being processed now. */
    public boolean isReady() {
        return streams.state() == KafkaStreams.State.RUNNING && !patience.isWaiting() && failures.fatal() == null;
    }

    /** How its parts stand, for people: what keeps it from being ready is among them. */
    public List<String> parts() {
        List<String> parts = new ArrayList<>();
        parts.add("streams: " + streams.state());
        parts.addAll(threads());
        parts.add("schema registry: " + (patience.isWaiting() ? "waited for" : "ok"));
        return List.copyOf(parts);
    }

    private List<String> threads() {
        try {
            return streams.metadataForLocalThreads().stream()
                    .map(thread -> thread.threadName() + ": " + thread.threadState() + ", "
                            + thread.activeTasks().size() + " tasks")
                    .sorted()
                    .toList();
        } catch (StreamsNotStartedException | IllegalStateException notRunning) {
            return List.of();
        }
    }

    /** The port of health and metrics; -1 if nothing is served. */
    public int port() {
        return http == null ? -1 : http.port();
    }

    /**
     * Waits until processing has ended.
     *
     * @return what ended it; null: it was closed
     */
    public @Nullable Throwable await() throws InterruptedException {
        ended.await();
        return failures.fatal();
    }

    private void onState(KafkaStreams.State now) {
        LOG.atInfo().addKeyValue("state", now).log("stream processing");
        if (now.hasCompletedShutdown()) {
            ended.countDown();
        }
    }

    /** Ends processing: what was decided is committed first. A named instance stays a member, others leave their group. */
    @Override
    public void close() {
        closing.set(true);
        series.close();
        patience.close();
        failures.close();
        CloseOptions.GroupMembershipOperation membership = config.instance() == null
                ? CloseOptions.GroupMembershipOperation.LEAVE_GROUP
                : CloseOptions.GroupMembershipOperation.REMAIN_IN_GROUP;
        if (!streams.close(CloseOptions.timeout(CLOSE_TIMEOUT).withGroupMembershipOperation(membership))) {
            LOG.atWarn().addKeyValue("timeout", CLOSE_TIMEOUT).log("stream threads have not ended in time");
        }
        ended.countDown();
        if (http != null) {
            http.close();
        }
        try {
            registry.close();
        } catch (IOException e) {
            LOG.atWarn().setCause(e).log("the registry's client did not close");
        }
    }

    /** As the jar's manifest gives it. */
    private static String version() {
        String version = StreamsApp.class.getPackage().getImplementationVersion();
        return version == null ? "development" : version;
    }

    private static HealthServer.Where where(StreamsAppConfig.Http http) {
        return new HealthServer.Where(http.address(), http.port(), http.hosts());
    }

    /** What health answers; from any thread. */
    private final class Health implements HealthServer.Checks {
        @Override
        public boolean isAlive() {
            return StreamsApp.this.isAlive();
        }

        /** Whether every partition of this process is being processed now. */
        @Override
        public boolean isReady() {
            return StreamsApp.this.isReady();
        }

        @Override
        public List<String> parts() {
            return StreamsApp.this.parts();
        }

        @Override
        public String effectiveConfig() {
            return config.toString();
        }
    }
}
