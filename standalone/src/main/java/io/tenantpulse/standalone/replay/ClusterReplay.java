package io.tenantpulse.standalone.replay;

import io.tenantpulse.exporter.ClusterLog;
import io.tenantpulse.exporter.Tap;
import io.tenantpulse.exporter.WatchedKind;
import io.tenantpulse.v1.KindState;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Puts one cluster's lines into its log, as its exporter would have.
 *
 * <p>Without marks a line's time is the cluster's clock: before a line at {@code ts} the watermark goes to {@code ts - 1
 * ms}, not to {@code ts}, because an observation at a deadline's own instant is applied before the deadline is judged.
 * It is written only where it can decide something: where a deadline is due, or a kind was seen for the first time.
 */
final class ClusterReplay {
    /** Far less than the silence after which windows are taken to be unseen. */
    private static final Duration STEP = Duration.ofMinutes(10);

    private static final String INSTANCE = "replay";

    private final String cluster;
    private final ReplayLog replayed;
    private final ClusterLog log;
    private final Marks marks;
    private final Map<WatchedKind, KindState> seen = new LinkedHashMap<>();
    private final Set<WatchedKind> openFrames = new HashSet<>();
    /** Kinds whose frame may have begun in a part of the recording that was not given. */
    private final Set<WatchedKind> cutFrames = new HashSet<>();

    private Instant now = Instant.EPOCH;
    private @Nullable Instant watermark;
    private @Nullable WatchedKind memoryFrame;
    private long epoch;
    private boolean kindIsNew;
    private boolean marked;
    private boolean gone;

    /** @param tap sees what goes into the log; null: nobody listens */
    ClusterReplay(String cluster, ReplayLog log, Marks marks, @Nullable Tap tap) {
        this.cluster = cluster;
        this.replayed = log;
        this.log = new ClusterLog(cluster, log, () -> now, tap);
        this.marks = marks;
    }

    /** Takes the next line of a recording without marks. */
    void onLine(RecordedLine line) {
        begin(line);
        RecordedLine.ObjectRange object = line.object();
        WatchedKind kind = object == null ? null : watched(object);
        if (object == null || kind == null) {
            return;
        }
        Instant before = line.ts().minusMillis(1);
        boolean passes = !seen.isEmpty() && (watermark == null || before.isAfter(watermark));
        if (passes && (kindIsNew || replayed.isDue(cluster, before) || endsAMinute(before))) {
            passTo(before);
            kindIsNew = false;
        }
        log.object(kind, line.type(), object.in(line.bytes()), line.ts());
        if (seen.put(kind, KindState.LIVE) == null) {
            kindIsNew = true;
            log.seen(kind, line.ts());
        }
    }

    /** Windows of the fleet close by watermarks, minute by minute. */
    private boolean endsAMinute(Instant passed) {
        return watermark != null
                && passed.truncatedTo(ChronoUnit.MINUTES).isAfter(watermark.truncatedTo(ChronoUnit.MINUTES));
    }

    /** Takes the next line of a recording with marks. */
    void onMarkedLine(RecordedLine line) throws BadLine {
        marked = true;
        if (line.type().equals(Marks.EPOCH)) {
            onEpoch(line);
            return;
        }
        begin(line);
        RecordedLine.ObjectRange object = line.object();
        if (object == null) {
            onMark(line);
            return;
        }
        WatchedKind kind = watched(object);
        if (kind != null) {
            log.object(kind, line.type(), object.in(line.bytes()), line.ts());
        }
    }

    private void onEpoch(RecordedLine line) throws BadLine {
        long claimed = marks.epoch(line);
        if (claimed < epoch) {
            throw new BadLine("EPOCH " + claimed + " after EPOCH " + epoch + " of the same cluster");
        }
        // The parts of a rotated recording repeat the claim
        if (claimed > epoch) {
            cutFrames.clear();
            if (epoch == 0 && marks.isOfLaterPart(line)) {
                cutFrames.addAll(WatchedKind.ALL);
            }
            epoch = claimed;
            now = later(now, line.ts());
            openFrames.clear();
            memoryFrame = null;
            log.claimEpoch(claimed, marks.instance(line));
        }
    }

    private void onMark(RecordedLine line) throws BadLine {
        switch (line.type()) {
            case "SYNC_BEGIN" -> onSyncBegin(line);
            case "SYNC_END" -> onSyncEnd(line);
            case "GAP" -> marks.gap(line, log);
            case "WATERMARK" -> marks.watermark(line, log);
            case "CLUSTER_GONE" -> {
                log.gone(line.ts());
                gone = true;
            }
            default -> throw new BadLine("unknown mark " + line.type());
        }
    }

    private void onSyncBegin(RecordedLine line) throws BadLine {
        WatchedKind kind = marks.kind(line);
        if (kind == null) {
            return;
        }
        cutFrames.remove(kind);
        if (marks.isFromMemory(line)) {
            // The log writes such a frame, its end included, from what it remembers
            memoryFrame = kind;
            log.memoryFrame(kind, marks.skewMillis(line), line.ts());
        } else {
            openFrames.add(kind);
            log.syncBegin(kind, marks.skewMillis(line), line.ts());
        }
    }

    private void onSyncEnd(RecordedLine line) throws BadLine {
        WatchedKind kind = marks.kind(line);
        if (kind == null) {
            return;
        }
        if (kind.equals(memoryFrame)) {
            memoryFrame = null;
        } else if (openFrames.remove(kind)) {
            log.syncEnd(kind, line.ts());
        } else if (!marks.hasFrame(line)) {
            log.seen(kind, line.ts());
        } else if (!cutFrames.remove(kind)) { // the end of a frame of which only a part is here concludes nothing
            throw new BadLine("SYNC_END of a kind without its SYNC_BEGIN");
        }
    }

    private void begin(RecordedLine line) {
        now = later(now, line.ts());
        gone = false;
        if (epoch == 0) {
            epoch = 1;
            log.claimEpoch(epoch, INSTANCE);
        }
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }

    private static @Nullable WatchedKind watched(RecordedLine.ObjectRange object) {
        return WatchedKind.of(object.apiVersion(), object.kind()).orElse(null);
    }

    /** That nothing is recorded for long says that nothing happened, not that nobody looked: time went on by small steps. */
    private void passTo(Instant time) {
        while (watermark != null && watermark.plus(STEP).isBefore(time)) {
            writeWatermark(watermark.plus(STEP));
        }
        writeWatermark(time);
    }

    private void writeWatermark(Instant time) {
        log.watermark(time, true, seen, time);
        watermark = time;
    }

    /** Time ends. A recording with marks has said itself how far its time goes. */
    void end(Instant until) {
        if (!marked && !seen.isEmpty() && (watermark == null || until.isAfter(watermark))) {
            now = later(now, until);
            passTo(until);
        }
    }

    /** Nothing that comes is decided before this instant; null: nothing more is expected of this cluster. */
    @Nullable
    Instant decidesFrom() {
        return gone ? null : now.minusMillis(1);
    }

    long undecodable() {
        return log.stats().kinds().values().stream()
                .mapToLong(kind -> kind.undecodable())
                .sum();
    }
}
