package io.tenantpulse.exporter;

import io.tenantpulse.exporter.kube.Detail;
import io.tenantpulse.exporter.kube.Facts;
import io.tenantpulse.exporter.kube.ObjectBytes;
import io.tenantpulse.exporter.kube.Projection;
import io.tenantpulse.exporter.kube.WhitelistWriter;
import io.tenantpulse.v1.ClusterMark;
import io.tenantpulse.v1.FrameId;
import io.tenantpulse.v1.KindState;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One cluster's part of the log: one lock, one clock, one sequence. Thread-safe.
 *
 * <p>Stamp and sequence are taken together, so log order is sequence order and stamps never go back. Where a method takes
 * a {@code ts}, null means the clock.
 */
public final class ClusterLog {
    /** Below Kafka's default of 1 MiB for a request, with room for key and headers. */
    public static final int DEFAULT_MAX_RECORD_BYTES = 900_000;

    private static final Logger LOG = LoggerFactory.getLogger(ClusterLog.class);
    private static final Set<String> WATCH_TYPES = Set.of("ADDED", "MODIFIED", "DELETED");
    private static final int FRAME_BATCH = 500;
    private static final Duration STEP = Duration.ofMillis(1);

    private final ReentrantLock lock = new ReentrantLock(true);
    private final String cluster;
    private final ObservationSink sink;
    private final Supplier<Instant> clock;
    private final @Nullable Tap tap;
    private final Projection projection = new Projection();
    private final Records records;
    private final Counters counters = new Counters();

    private final Map<WatchedKind, FrameId> openFrames = new HashMap<>();
    private ClusterModel model;
    private final List<LogRecord> pending = new ArrayList<>();
    private long epoch;
    private long sequence;
    private Instant now = Instant.MIN;
    private Instant lastWatermark = Instant.MIN;
    private @Nullable Throwable broken;

    /**
     * @param cluster configured name of the cluster
     * @param clock never goes back
     * @param tap null: nobody listens
     */
    public ClusterLog(String cluster, ObservationSink sink, Supplier<Instant> clock, @Nullable Tap tap) {
        this(cluster, sink, clock, tap, DEFAULT_MAX_RECORD_BYTES);
    }

    /** @param maxRecordBytes a larger record is replaced by a minimal one that says UNDECODABLE */
    public ClusterLog(
            String cluster, ObservationSink sink, Supplier<Instant> clock, @Nullable Tap tap, int maxRecordBytes) {
        this.records = new Records(cluster, maxRecordBytes, this::append);
        this.model = new ClusterModel(records);
        this.cluster = cluster;
        this.sink = sink;
        this.clock = clock;
        this.tap = tap;
    }

    /** Claims an epoch: the sequence begins anew at 1, and all that was remembered is forgotten, for frames follow. */
    public void claimEpoch(long newEpoch, String instance) {
        locked(null, () -> {
            epoch = newEpoch;
            sequence = 0;
            openFrames.clear();
            model = new ClusterModel(records);
            mark(Marks.epoch(instance), Target.KEY);
        });
    }

    /**
     * An object as a list or a watch had it.
     *
     * @param watchType ADDED, MODIFIED or DELETED
     * @param json the bytes of the object alone
     */
    public void object(WatchedKind kind, String watchType, byte[] json, int offset, int length, @Nullable Instant ts) {
        object(kind, watchType, new ObjectBytes(json, offset, length), ts);
    }

    /**
     * An object as a list or a watch had it.
     *
     * @param watchType ADDED, MODIFIED or DELETED
     */
    public void object(WatchedKind kind, String watchType, ObjectBytes json, @Nullable Instant ts) {
        if (!WATCH_TYPES.contains(watchType)) {
            throw new IllegalArgumentException("watch type " + watchType + " is none of " + WATCH_TYPES);
        }
        locked(ts, () -> {
            Facts facts = projection.read(kind, json);
            String problem = projection.problem();
            if (problem != null) {
                reportUndecodable(kind, facts, problem);
            }
            if (facts == null) {
                return;
            }
            if (tap != null) {
                tap.object(now, cluster, watchType, WhitelistWriter.write(facts));
            }
            apply(facts, watchType);
        });
    }

    private void apply(Facts facts, String watchType) {
        int before = pending.size();
        if (facts.detail() instanceof Detail.OfEvent event && !event.isWarning()) {
            counters.unchanged(facts.kind());
            return;
        }
        if (watchType.equals("DELETED")) {
            model.deleted(facts);
        } else {
            model.exists(facts);
        }
        if (pending.size() == before) {
            counters.unchanged(facts.kind());
        }
    }

    private void reportUndecodable(WatchedKind kind, @Nullable Facts facts, String problem) {
        counters.undecodable(kind);
        LOG.atWarn()
                .setMessage(
                        facts == null
                                ? "An object without a readable name was left out"
                                : "An object could not be decoded; what was known of it stays")
                .addKeyValue("cluster", cluster)
                .addKeyValue("kind", kind)
                .addKeyValue("namespace", facts == null ? "" : facts.name().namespace())
                .addKeyValue("name", facts == null ? "" : facts.name().name())
                .addKeyValue("problem", problem)
                .log();
    }

    private void reportTooLarge(Facts facts) {
        counters.undecodable(facts.kind());
        LOG.atWarn()
                .setMessage("A record is too large for the log; raise maxRecordBytes and the topic's max.message.bytes")
                .addKeyValue("cluster", cluster)
                .addKeyValue("kind", facts.kind())
                .addKeyValue("namespace", facts.name().namespace())
                .addKeyValue("name", facts.name().name())
                .log();
    }

    /** A full list of a kind begins: until {@link #syncEnd} its objects are snapshots, published whether changed or not. */
    public void syncBegin(WatchedKind kind, long skewMillis, @Nullable Instant ts) {
        locked(ts, () -> {
            ClusterMark begin = mark(Marks.syncBegin(kind, false, skewMillis), Target.EVERY_PARTITION);
            openFrames.put(kind, new FrameId(epoch, begin.getSequence()));
            model.frameBegins(kind);
        });
    }

    /**
     * The list is complete: what it did not mention is gone.
     *
     * @throws IllegalStateException when no frame of the kind is open
     */
    public void syncEnd(WatchedKind kind, @Nullable Instant ts) {
        locked(ts, () -> {
            FrameId frame = openFrames.remove(kind);
            if (frame == null) {
                throw new IllegalStateException("no frame of " + kind + " is open in cluster " + cluster);
            }
            mark(Marks.syncEnd(kind, frame), Target.EVERY_PARTITION);
            model.frameEnds(kind); // what follows from its sweep stands after it
        });
    }

    /**
     * A frame of what is in memory: no list, no gap. All of it stands at one point of the log. Nothing is written while a
     * listed frame of the kind is open, for that one serves.
     */
    public void memoryFrame(WatchedKind kind, long skewMillis, @Nullable Instant ts) {
        locked(ts, () -> {
            if (openFrames.containsKey(kind)) {
                return;
            }
            ClusterMark begin = mark(Marks.syncBegin(kind, true, skewMillis), Target.EVERY_PARTITION);
            model.repeat(kind, () -> {
                if (pending.size() >= FRAME_BATCH) {
                    handOver();
                }
            });
            mark(Marks.syncEnd(kind, new FrameId(epoch, begin.getSequence())), Target.EVERY_PARTITION);
        });
    }

    /** A file without marks: the kind has been seen; what it did not mention does not exist. */
    public void seen(WatchedKind kind, Instant ts) {
        locked(ts, () -> {
            model.seen(kind);
            mark(Marks.syncEnd(kind, null), Target.EVERY_PARTITION);
        });
    }

    /**
     * The kinds were not proven live for a while.
     *
     * @param from the last watermark that covered them; null: none ever did
     * @param resumed the watch went on from its last resourceVersion
     */
    public void gap(
            List<WatchedKind> kinds, @Nullable Instant from, Instant to, boolean resumed, @Nullable Instant ts) {
        locked(ts, () -> mark(Marks.gap(kinds, from, to, resumed), Target.EVERY_PARTITION));
    }

    /** Everything of the covered kinds up to {@code time} is in the log before this mark; all that follows is later. */
    public void watermark(Instant time, boolean probed, Map<WatchedKind, KindState> coverage, @Nullable Instant ts) {
        locked(ts, () -> {
            Instant millis = time.truncatedTo(ChronoUnit.MILLIS);
            mark(Marks.watermark(millis, probed, coverage), Target.EVERY_PARTITION);
            if (millis.isAfter(lastWatermark)) {
                lastWatermark = millis;
            }
        });
    }

    /** The cluster is gone for good. */
    public void gone(@Nullable Instant ts) {
        locked(ts, () -> mark(Marks.gone(), Target.EVERY_PARTITION));
    }

    /** What has been done so far. */
    public Stats stats() {
        lock.lock();
        try {
            return counters.stats(model);
        } finally {
            lock.unlock();
        }
    }

    /** A record of the model gets its place in the log. */
    private void append(WatchedKind kind, String key, Records.Positioned record) {
        pending.add(new LogRecord(key, record.at(epoch, ++sequence), Target.KEY));
        counters.published(kind);
    }

    private ClusterMark mark(ClusterMark.Builder mark, Target target) {
        ClusterMark made =
                mark.setCluster(cluster).setEpoch(epoch).setSequence(++sequence).build();
        pending.add(new LogRecord(cluster, made, target));
        if (tap != null) {
            tap.mark(now, made);
        }
        return made;
    }

    /** Takes stamp and sequence, runs the step and hands over what it made, all under the lock. */
    private void locked(@Nullable Instant ts, Runnable step) {
        lock.lock();
        try {
            if (broken != null) {
                throw new LogBrokenException(
                        "the log of cluster " + cluster + " lost a batch; claim a new epoch on a new log", broken);
            }
            stamp(ts);
            step.run();
            handOver();
            for (Facts each : records.takeTooLarge()) {
                reportTooLarge(each);
            }
        } finally {
            pending.clear();
            lock.unlock();
        }
    }

    private void stamp(@Nullable Instant ts) {
        Instant read = (ts == null ? clock.get() : ts).truncatedTo(ChronoUnit.MILLIS);
        if (!read.isAfter(lastWatermark)) {
            read = lastWatermark.plus(STEP);
        }
        if (read.isAfter(now)) {
            now = read;
        }
    }

    private void handOver() {
        if (pending.isEmpty()) {
            return;
        }
        Batch batch = new Batch(cluster, now, pending);
        pending.clear();
        try {
            sink.accept(batch);
        } catch (InterruptedException e) {
            broken = e;
            Thread.currentThread().interrupt();
            throw new LogBrokenException("interrupted while the log of cluster " + cluster + " was written", e);
        } catch (RuntimeException | Error e) {
            broken = e;
            throw e;
        }
    }
}
