package io.tenantpulse.bench;

import io.tenantpulse.exporter.ClusterLog;
import io.tenantpulse.exporter.Stats;
import io.tenantpulse.exporter.WatchedKind;
import io.tenantpulse.exporter.kube.WatchBytes;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What the exporter keeps in memory for each object: the objects that a recording ends with, many times over in other
 * namespaces and with other names and uids, read kind after kind, and the heap weighed after each.
 */
final class Retained {
    private static final int FILLING = 100_000;
    private static final Stats.OfKind NONE = new Stats.OfKind(0, 0, 0, 0);

    private final WatchEvents events;
    private final int copies;

    /** @param copies of the cluster's namespaces; at least 1, below 10,000 */
    Retained(WatchEvents events, int copies) {
        this.events = events;
        this.copies = copies;
    }

    /** Objects and bytes of one kind. */
    record OfKind(long objects, long bytes) {
        long each() {
            return objects == 0 ? 0 : bytes / objects;
        }
    }

    /** By kind, and under {@code all} the sum. */
    Map<String, OfKind> weigh() throws InterruptedException {
        Fleet fleet = new Fleet(events);
        ClusterLog log = Decoders.newLog(events.name(), new EncodedLog());
        WatchBytes watch = new WatchBytes(log);
        Map<String, OfKind> weights = new LinkedHashMap<>();
        fillCaches(watch);
        long empty = Cpu.liveBytes();
        long before = empty;
        for (WatchedKind kind : WatchedKind.ALL) {
            if (fleet.size(kind) == 0) {
                continue;
            }
            for (int copy = 0; copy < copies; copy++) {
                for (Fleet.Member each : fleet.copy(kind, copy)) {
                    Decoders.feed(watch, each.event());
                }
            }
            long now = Cpu.liveBytes();
            long objects = log.stats().kinds().getOrDefault(kind, NONE).objects();
            weights.put(kind.name(), new OfKind(objects, now - before));
            before = now;
        }
        long objects = weights.values().stream().mapToLong(OfKind::objects).sum();
        weights.put("all", new OfKind(objects, before - empty));
        return weights;
    }

    /** What is kept whatever the number of objects, such as the table of strings, is not theirs. */
    private static void fillCaches(WatchBytes watch) throws InterruptedException {
        for (int i = 0; i < FILLING; i++) {
            String name = "filling-" + i;
            String object = "{\"metadata\":{\"name\":\"" + name + "\",\"namespace\":\"" + name
                    + "-0123456789abcdef\",\"uid\":\"" + name
                    + "-0123456789abcdef0123456789\",\"resourceVersion\":\"1000000\"},\"type\":\"Normal\"}";
            Decoders.feed(watch, WatchEvents.event(WatchedKind.EVENT, "ADDED", object));
        }
    }

    /** As Markdown. */
    static String report(List<WatchEvents> recordings, int copies) throws InterruptedException {
        StringBuilder text = new StringBuilder("### Memory kept for each watched object\n\n");
        text.append("| recording | kind | objects | bytes each |\n|---|---|---|---|\n");
        for (WatchEvents each : recordings) {
            new Retained(each, copies)
                    .weigh()
                    .forEach((kind, of) -> text.append(String.format(
                            Locale.ROOT, "| %s | %s | %d | %d |%n", each.name(), kind, of.objects(), of.each())));
        }
        return text.toString();
    }
}
