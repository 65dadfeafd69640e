package io.tenantpulse.bench.oracle;

import io.tenantpulse.bench.Results;
import io.tenantpulse.v1.Change;
import io.tenantpulse.v1.ClusterMark;
import io.tenantpulse.v1.KindState;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What became of many histories.
 *
 * @param said transitions that ought to be said, by alert and status
 * @param told what the histories hold
 */
record OracleResults(
        int histories,
        long seed,
        long entries,
        int disagreements,
        Map<String, Integer> said,
        Map<String, Integer> told,
        long cpuNanos) {

    /** Counts what a history holds. */
    static void tell(History history, TreeMap<String, Integer> told) {
        Set<LogEntry> seen = new HashSet<>();
        Map<String, Long> epochs = new TreeMap<>();
        for (LogEntry each : history.log()) {
            boolean late = each.epoch() < epochs.getOrDefault(each.cluster(), 0L);
            epochs.merge(each.cluster(), each.epoch(), Math::max);
            if (!seen.add(each)) {
                told.merge("records told twice", 1, Integer::sum);
            } else if (late) {
                told.merge("records of exporters that were superseded", 1, Integer::sum);
            } else {
                told.merge(word(each), 1, Integer::sum);
            }
        }
        told.merge("restarts of the detector", history.restarts().size(), Integer::sum);
    }

    private static String word(LogEntry entry) {
        if (entry.value() instanceof ClusterMark mark) {
            return switch (mark.getType()) {
                case WATERMARK ->
                    isBlind(mark) ? "watermarks while a kind is blind, forbidden or absent" : "watermarks";
                case GAP ->
                    mark.getResumed() ? "gaps behind which the watch went on" : "gaps behind which a list follows";
                case SYNC_END -> "ends of frames";
                case SYNC_BEGIN -> mark.getFromMemory() ? "frames from memory" : "frames";
                case EPOCH -> "epochs";
                case CLUSTER_GONE -> "clusters removed";
                default -> "other marks";
            };
        }
        Change change = (Change)
                entry.value().get(entry.value().getSchema().getField("change").pos());
        return switch (change) {
            case DELETED -> "deletions";
            case UNDECODABLE -> "objects that can't be decoded";
            default -> "objects";
        };
    }

    private static boolean isBlind(ClusterMark watermark) {
        return watermark.getCoverage().stream().anyMatch(each -> each.getState() != KindState.LIVE);
    }

    void keep(Path file) throws IOException {
        List<String> tables = new ArrayList<>();
        tables.add(String.format(
                "%d histories from seed %d, %d log entries: **%d disagreements** between the detector and the oracle; %.0f"
                        + " CPU-seconds.%n",
                histories, seed, entries, disagreements, cpuNanos / 1e9));
        tables.add(table("what the histories hold", told));
        tables.add(table("what ought to be said", said));
        Results.keep(file, "oracle", Results.headed("oracle", tables));
    }

    private static String table(String what, Map<String, Integer> counts) {
        StringBuilder text = new StringBuilder("| " + what + " | times |\n|---|---|\n");
        counts.forEach((name, count) ->
                text.append("| ").append(name).append(" | ").append(count).append(" |\n"));
        return text.toString();
    }
}
