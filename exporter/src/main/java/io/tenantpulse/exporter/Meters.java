package io.tenantpulse.exporter;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/** Every metric of the exporter: names, units and tags. A tenant is never a tag. */
public final class Meters {
    private static final String PREFIX = "tenantpulse.exporter.";
    private static final String CLUSTER = "watched_cluster";
    private static final String KIND = "kind";

    private final MeterRegistry registry;
    private final Map<String, OfCluster> clusters = new HashMap<>();
    private volatile Supplier<Integer> queued = () -> 0;

    /** @param queueCapacity batches that the queue to Kafka holds */
    public Meters(MeterRegistry registry, int queueCapacity) {
        this.registry = registry;
        Gauge.builder(PREFIX + "queue.batches", () -> queued.get())
                .description("Batches that wait to be sent to Kafka")
                .register(registry);
        Gauge.builder(PREFIX + "queue.capacity.batches", () -> queueCapacity)
                .description("Batches that can wait before the readers of watches block")
                .register(registry);
    }

    /** Where the queue's depth is to be had. */
    public void queue(Supplier<Integer> depth) {
        queued = depth;
    }

    /** Counts a log that ended by a failure, and with it the epochs of all clusters. */
    public void logEnded() {
        Counter.builder(PREFIX + "log.failures")
                .description("Times the log failed, and every cluster began a new epoch")
                .register(registry)
                .increment();
    }

    /** The metrics of one cluster; made once. */
    public synchronized OfCluster cluster(String name) {
        return clusters.computeIfAbsent(name, OfCluster::new);
    }

    /** Metrics of one cluster. */
    public final class OfCluster {
        private final Tags tags;
        private final AtomicLong watermarkMillis = new AtomicLong();
        private final AtomicLong skewMillis = new AtomicLong();
        private final AtomicLong epoch = new AtomicLong();
        private final AtomicLong reachable = new AtomicLong();
        private final AtomicLong superseded = new AtomicLong();
        private final AtomicLong lagMillis = new AtomicLong();
        private final Timer probes;
        private final Counter probeFailures;
        private final Map<WatchedKind, OfKind> kinds = new HashMap<>();
        private volatile @Nullable Supplier<Stats> stats;

        OfCluster(String cluster) {
            tags = Tags.of(CLUSTER, cluster);
            millis(
                    "watermark.timestamp",
                    "Time up to which all of the cluster is in the log; 0: none yet",
                    watermarkMillis);
            millis("watermark.lag", "How far the newest watermark was behind when it was written", lagMillis);
            millis("clock.skew", "The API server's clock minus the exporter's", skewMillis);
            gauge("epoch", "Epoch of the exporter in the log; 0: none yet", epoch);
            gauge("cluster.reachable", "1 while there is a connection to the API server", reachable);
            gauge("cluster.superseded", "1 after another exporter took the cluster over", superseded);
            probes = Timer.builder(PREFIX + "probe.latency")
                    .description("From sending a probe to its answer")
                    .tags(tags)
                    .register(registry);
            probeFailures = counter("probe.failures", "Probes without an answer");
            WatchedKind.ALL.forEach(kind -> kinds.put(kind, new OfKind(this, kind)));
        }

        /** Metrics of one kind. */
        public OfKind kind(WatchedKind kind) {
            return java.util.Objects.requireNonNull(kinds.get(kind), kind.name());
        }

        /** Where the counts of objects and events are to be had. */
        public void stats(Supplier<Stats> from) {
            stats = from;
        }

        /** A watermark has been written. */
        public void watermark(Instant time, Instant now) {
            watermarkMillis.set(time.toEpochMilli());
            lagMillis.set(Duration.between(time, now).toMillis());
        }

        /** The API server's clock minus ours. */
        public void skew(long millis) {
            skewMillis.set(millis);
        }

        /** The connection is gone: until the next watermark no kind is live. */
        public void blind() {
            kinds.values().forEach(kind -> kind.live(false));
        }

        /** An epoch has been claimed. */
        public void epoch(long claimed) {
            epoch.set(claimed);
            superseded.set(0);
        }

        /** Whether there is a connection. */
        public void reachable(boolean is) {
            reachable.set(is ? 1 : 0);
        }

        /** Another exporter has taken the cluster over. */
        public void superseded() {
            superseded.set(1);
        }

        /** A probe was answered. */
        public void probe(Duration took) {
            probes.record(took);
        }

        /** A probe was not answered. */
        public void probeFailed() {
            probeFailures.increment();
        }

        private double stat(WatchedKind kind, ToDoubleFunction<Stats.OfKind> what) {
            Supplier<Stats> from = stats;
            Stats.OfKind of = from == null ? null : from.get().kinds().get(kind);
            return of == null ? 0 : what.applyAsDouble(of);
        }

        private void gauge(String name, String description, AtomicLong value) {
            Gauge.builder(PREFIX + name, value, AtomicLong::doubleValue)
                    .description(description)
                    .tags(tags)
                    .register(registry);
        }

        private void millis(String name, String description, AtomicLong value) {
            TimeGauge.builder(PREFIX + name, value, TimeUnit.MILLISECONDS, AtomicLong::doubleValue)
                    .description(description)
                    .tags(tags)
                    .register(registry);
        }

        private Counter counter(String name, String description) {
            return Counter.builder(PREFIX + name)
                    .description(description)
                    .tags(tags)
                    .register(registry);
        }
    }

    /** Metrics of one kind of one cluster. */
    public final class OfKind {
        private final Counter lists;
        private final Counter listFailures;
        private final Counter relists;
        private final Counter watchFailures;
        private final AtomicLong progressMillis = new AtomicLong();
        private final AtomicLong live = new AtomicLong();

        OfKind(OfCluster cluster, WatchedKind kind) {
            Tags tags = cluster.tags.and(KIND, kind.name());
            lists = counter("lists", "Full lists that were completed", tags);
            listFailures = counter("list.failures", "Full lists that were given up", tags);
            relists = counter(
                    "relists",
                    "Lists beside the first of an epoch: the watch could not go on where it had stopped",
                    tags);
            watchFailures = counter("watch.failures", "Watches that ended with an error", tags);
            gauge("objects", "Objects known now", cluster, kind, tags, Stats.OfKind::objects);
            events("records.published", "Records that went into the log", cluster, kind, tags, Stats.OfKind::published);
            events("events.unchanged", "Events without news", cluster, kind, tags, Stats.OfKind::unchanged);
            events(
                    "events.undecodable",
                    "Objects that could not be read or were too large",
                    cluster,
                    kind,
                    tags,
                    Stats.OfKind::undecodable);
            TimeGauge.builder(
                            PREFIX + "last.progress.timestamp",
                            progressMillis,
                            TimeUnit.MILLISECONDS,
                            AtomicLong::doubleValue)
                    .description("When the kind's watch last delivered an event or a bookmark; 0: never")
                    .tags(tags)
                    .register(registry);
            Gauge.builder(PREFIX + "kind.live", live, AtomicLong::doubleValue)
                    .description("1 while the newest watermark covers the kind")
                    .tags(tags)
                    .register(registry);
        }

        /** A list was completed. */
        public void listed(boolean again) {
            lists.increment();
            if (again) {
                relists.increment();
            }
        }

        /** A list was given up. */
        public void listFailed() {
            listFailures.increment();
        }

        /** A watch ended with an error. */
        public void watchFailed() {
            watchFailures.increment();
        }

        /** An event or a bookmark was read. */
        public void progress(Instant now) {
            progressMillis.set(now.toEpochMilli());
        }

        /** Whether the newest watermark covers it. */
        public void live(boolean is) {
            live.set(is ? 1 : 0);
        }

        private Counter counter(String name, String description, Tags tags) {
            return Counter.builder(PREFIX + name)
                    .description(description)
                    .tags(tags)
                    .register(registry);
        }

        private void gauge(
                String name,
                String description,
                OfCluster cluster,
                WatchedKind kind,
                Tags tags,
                ToDoubleFunction<Stats.OfKind> what) {
            Gauge.builder(PREFIX + name, cluster, c -> c.stat(kind, what))
                    .description(description)
                    .tags(tags)
                    .register(registry);
        }

        private void events(
                String name,
                String description,
                OfCluster cluster,
                WatchedKind kind,
                Tags tags,
                ToDoubleFunction<Stats.OfKind> what) {
            FunctionCounter.builder(PREFIX + name, cluster, c -> c.stat(kind, what))
                    .description(description)
                    .tags(tags)
                    .register(registry);
        }
    }
}
