package io.tenantpulse.standalone.replay;

import io.tenantpulse.v1.AlertTransition;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Runs recordings through the real mapping and detector, and writes every alert transition. */
public final class Replay {
    /** So often results are collected: rarely enough to cost nothing, often enough to hold little. */
    private static final int COLLECT_EVERY_LINES = 256;

    private static final String BOOKMARK = "BOOKMARK";

    /**
     * What a replay did.
     *
     * @param until where time ended; null: there was no line
     */
    public record Summary(
            long lines,
            int clusters,
            long transitions,
            long badLines,
            long undecodable,
            @Nullable Instant until) {
        /** For people. */
        public String text() {
            return "replayed " + lines + " lines of " + clusters + " clusters"
                    + (until == null ? "" : " up to " + until) + ": " + transitions + " transitions"
                    + (badLines == 0 ? "" : ", " + badLines + " bad lines skipped")
                    + (undecodable == 0 ? "" : ", " + undecodable + " objects could not be decoded");
        }
    }

    private final ReplayOptions options;
    private final BadLines badLines;
    private final Marks marks = new Marks();
    private final Map<String, ClusterReplay> clusters = new TreeMap<>();
    private long lines;
    private long transitions;
    private @Nullable Instant last;
    private @Nullable Instant end;

    public Replay(ReplayOptions options) {
        this.options = options;
        this.badLines = options.badLines();
    }

    /**
     * Replays; may be called once.
     *
     * @throws BadRecordingException if a recording cannot be read or has a bad line
     * @throws IOException if the output cannot be written
     */
    public Summary run(InputStream stdin, OutputStream out) throws IOException {
        TransitionJson json = new TransitionJson(out);
        TransitionOrder order = new TransitionOrder(json::write);
        ReplayedDetector detector = new ReplayedDetector(options.rules());
        try (RecordingMerge merge = new RecordingMerge(open(stdin), badLines)) {
            for (RecordingMerge.Head head = merge.next(); head != null; head = merge.next()) {
                take(head, detector);
                if (lines % COLLECT_EVERY_LINES == 0) {
                    collect(detector, order);
                    order.writeBefore(slowest());
                }
            }
            end();
            collect(detector, order);
            order.writeAll();
        } finally {
            out.flush();
        }
        long undecodable =
                clusters.values().stream().mapToLong(ClusterReplay::undecodable).sum();
        return new Summary(lines, clusters.size(), transitions, badLines.count(), undecodable, end);
    }

    private List<RecordingFile> open(InputStream stdin) throws IOException {
        List<RecordingFile> files = new ArrayList<>();
        try {
            for (String file : options.files()) {
                files.add(RecordingFile.open(file, stdin, options.lateness(), badLines));
            }
            return files;
        } catch (BadRecordingException e) {
            new RecordingMerge(files, badLines).close();
            throw e;
        }
    }

    private void take(RecordingMerge.Head head, ReplayedDetector detector) {
        RecordedLine line = head.line();
        lines++;
        Instant until = options.until();
        if ((until != null && line.ts().isAfter(until)) || line.type().equals(BOOKMARK)) {
            return;
        }
        ClusterReplay cluster =
                clusters.computeIfAbsent(line.cluster(), name -> new ClusterReplay(name, detector, marks, null));
        try {
            if (head.file().isMarked()) {
                cluster.onMarkedLine(line);
            } else if (line.isMark()) {
                throw new BadLine("a mark in a recording that does not begin with one");
            } else {
                cluster.onLine(line);
            }
            last = last == null || line.ts().isAfter(last) ? line.ts() : last;
        } catch (BadLine e) {
            badLines.found(head.file().name(), line.number(), String.valueOf(e.getMessage()));
        }
    }

    private void end() {
        Instant until = options.until();
        end = until == null ? last : until;
        if (end != null) {
            for (ClusterReplay cluster : clusters.values()) {
                cluster.end(end);
            }
        }
    }

    private void collect(ReplayedDetector detector, TransitionOrder order) {
        for (AlertTransition transition : detector.takeTransitions()) {
            order.add(transition);
            transitions++;
        }
    }

    private Instant slowest() {
        Instant slowest = Instant.MAX;
        for (ClusterReplay cluster : clusters.values()) {
            Instant from = cluster.decidesFrom();
            slowest = from != null && from.isBefore(slowest) ? from : slowest;
        }
        return slowest;
    }
}
