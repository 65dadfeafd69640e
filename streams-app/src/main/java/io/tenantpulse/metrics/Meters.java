package io.tenantpulse.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.tenantpulse.diagnose.Dialect;
import io.tenantpulse.diagnose.DialectEvidence;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;

/**
 * All meters of the detector's process, with {@link FleetMeters}: names, units and tags. Tenants are no tag of any of them. Thread-safe.
 *
 * <p>The tag of a watched cluster is {@code watched_cluster}: Prometheus setups often add a label {@code cluster} of
 * their own.
 */
public final class Meters {
    private static final String PREFIX = "tenantpulse.";

    private final MeterRegistry registry;
    private final ClassValue<Counter> records = new ClassValue<>() {
        @Override
        protected Counter computeValue(Class<?> type) {
            return made("records", "Records of the log that were processed", "type", type.getSimpleName());
        }
    };
    private final Map<String, Counter> counters = new ConcurrentHashMap<>();
    private final ByCluster<Long> watermarks;
    private final ByCluster<DialectEvidence> operators;
    private final Map<Integer, Integer> deadlines = new ConcurrentHashMap<>();
    private final Map<String, Map<Integer, Long>> restoring = new ConcurrentHashMap<>();
    private final FleetMeters fleet;
    private final Timer decisionLatency;

    public Meters(MeterRegistry registry) {
        this.registry = registry;
        this.fleet = new FleetMeters(registry);
        this.watermarks = new ByCluster<>(registry, this::watermarkGauge);
        this.operators = new ByCluster<>(registry, this::dialectGauges);
        this.decisionLatency = Timer.builder(PREFIX + "decision.latency")
                .description("From the instant at which an alert fired or resolved to its decision, by wall clock")
                .serviceLevelObjectives(
                        Duration.ofMillis(100),
                        Duration.ofMillis(500),
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(2),
                        Duration.ofSeconds(5),
                        Duration.ofSeconds(10),
                        Duration.ofSeconds(30),
                        Duration.ofMinutes(2))
                .register(registry);
        Gauge.builder(PREFIX + "deadlines", deadlines, Meters::total)
                .description("Tenants and warnings with something to do at a known instant: deadlines, reviews, expiry")
                .register(registry);
    }

    /** What clusters, registries and templates are like. */
    public FleetMeters fleet() {
        return fleet;
    }

    /** So many records of the log were processed, that said something of this type. */
    public void records(Class<?> type, long count) {
        records.get(type).increment(count);
    }

    /** The detector refused a record or found something odd. */
    public void odd(String what) {
        counter("refused", "Records that the detector refused or found odd, by what was wrong", "what", what);
    }

    /** A record went to the dead letters. */
    public void deadLetter(String error) {
        counter("dead.letters", "Records of the log that could not be decoded", "error", error);
    }

    /**
     * An alert began, changed or ended.
     *
     * @param late from the instant of which it speaks to now
     */
    public void transition(String alert, String status, Duration late) {
        counter("transitions", "Alert transitions", "alert", alert, "status", status.toLowerCase(Locale.ROOT));
        decisionLatency.record(late.isNegative() ? Duration.ZERO : late);
    }

    /** An incident opened, changed or ended. */
    public void incident(String status) {
        counter("incidents", "Changes of incidents", "status", status.toLowerCase(Locale.ROOT));
    }

    /** A watermark of a cluster was processed in a partition; the gauge shows the earliest of the partitions. */
    public void watermark(String cluster, int partition, Instant time) {
        watermarks.put(cluster, partition, time.toEpochMilli());
    }

    private List<Gauge> watermarkGauge(String cluster, Map<Integer, Long> byPartition) {
        return List.of(Gauge.builder(PREFIX + "watermark.timestamp", byPartition, Meters::earliestSeconds)
                .description("Up to where a cluster has been judged: its watermark, the earliest of our partitions")
                .baseUnit("seconds")
                .tag("watched_cluster", cluster)
                .register(registry));
    }

    private static double earliestSeconds(Map<Integer, Long> byPartition) {
        return byPartition.values().stream().mapToLong(Long::longValue).min().orElse(0) / 1000.0;
    }

    /** How the operator of a cluster was seen to behave in a partition; the gauges show what all of ours tell together. */
    public void operator(String cluster, int partition, DialectEvidence evidence) {
        operators.put(cluster, partition, evidence);
    }

    private List<Gauge> dialectGauges(String cluster, Map<Integer, DialectEvidence> byPartition) {
        return Arrays.stream(Dialect.values())
                .map(dialect -> Gauge.builder(
                                PREFIX + "operator.dialect", byPartition, all -> dialectOf(all) == dialect ? 1 : 0)
                        .description(
                                "1 for the dialect in which a cluster's operator writes status, as recognised; for people")
                        .tag("watched_cluster", cluster)
                        .tag("dialect", dialect.name().toLowerCase(Locale.ROOT).replace('_', '-'))
                        .register(registry))
                .toList();
    }

    private static Dialect dialectOf(Map<Integer, DialectEvidence> byPartition) {
        return byPartition.values().stream()
                .reduce(DialectEvidence.NONE, DialectEvidence::plus)
                .dialect();
    }

    /** How many deadlines a partition waits for. */
    public void deadlines(int partition, int count) {
        deadlines.put(partition, count);
    }

    /** A cluster is gone for good, in a partition. */
    public void gone(String cluster, int partition) {
        watermarks.remove(cluster, partition);
        operators.remove(cluster, partition);
    }

    /** A partition is no longer ours. */
    public void released(int partition) {
        deadlines.remove(partition);
        watermarks.remove(partition);
        operators.remove(partition);
    }

    /** Records of a partition of a store's changelog that are still to be restored; 0 when it is done. */
    public void restoring(String store, int partition, long remaining) {
        restoring.computeIfAbsent(store, this::restoreGauge).put(partition, Math.max(0, remaining));
    }

    private Map<Integer, Long> restoreGauge(String store) {
        Map<Integer, Long> byPartition = new ConcurrentHashMap<>();
        Gauge.builder(PREFIX + "restore.remaining", byPartition, Meters::total)
                .description("Records of the changelog that are still to be restored before the store can be used")
                .baseUnit("records")
                .tag("store", store)
                .register(registry);
        return byPartition;
    }

    private static double total(Map<Integer, ? extends Number> byPartition) {
        return byPartition.values().stream().mapToLong(Number::longValue).sum();
    }

    /** Whether the process serves: 1 or 0, asked for when the metrics are. */
    public void ready(BooleanSupplier ready) {
        Gauge.builder(PREFIX + "ready", () -> ready.getAsBoolean() ? 1 : 0)
                .description("1 when every partition of this process is being processed")
                .strongReference(true)
                .register(registry);
    }

    private void counter(String name, String description, String... tags) {
        counters.computeIfAbsent(name + String.join("\0", tags), any -> made(name, description, tags))
                .increment();
    }

    private Counter made(String name, String description, String... tags) {
        return Counter.builder(PREFIX + name)
                .description(description)
                .tags(tags)
                .register(registry);
    }
}
