package io.tenantpulse.bench;

import io.tenantpulse.exporter.ClusterLog;
import io.tenantpulse.exporter.Role;
import io.tenantpulse.exporter.Stats;
import io.tenantpulse.exporter.WatchedKind;
import io.tenantpulse.exporter.kube.WatchBytes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the exporter keeps in memory for each object: the objects that a recording ends with, many times over in other
 * namespaces and with other uids, read kind after kind, and the heap weighed after each.
 */
final class Retained {
    private static final Pattern NAMESPACE = Pattern.compile("\"namespace\":\"([^\"]+)\"");
    private static final Pattern UID = Pattern.compile("(\"(?:uid|[a-zA-Z]*Uid)\":\")([0-9a-f]{4})(?=[0-9a-f]{4}-)");
    private static final Pattern NAME = Pattern.compile("\"metadata\":\\{.*?\"name\":\"([^\"]+)\"", Pattern.DOTALL);

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
        Map<WatchedKind, List<WatchEvents.Event>> last = lastStates();
        ClusterLog log = Decoders.newLog(events.name(), new EncodedLog());
        WatchBytes watch = new WatchBytes(log);
        Map<String, OfKind> weights = new LinkedHashMap<>();
        fillCaches(log);
        long empty = Cpu.liveBytes();
        long before = empty;
        for (WatchedKind kind : WatchedKind.ALL) {
            for (int copy = 0; copy < copies && last.containsKey(kind); copy++) {
                for (WatchEvents.Event each : last.get(kind)) {
                    Decoders.feed(watch, moved(each, copy));
                }
            }
            long objects = log.stats().kinds().getOrDefault(kind, NONE).objects();
            if (objects > 0) {
                long now = Cpu.liveBytes();
                weights.put(kind.name(), new OfKind(objects, now - before));
                before = now;
            }
        }
        long objects = weights.values().stream().mapToLong(OfKind::objects).sum();
        weights.put("all", new OfKind(objects, before - empty));
        return weights;
    }

    private static final Stats.OfKind NONE = new Stats.OfKind(0, 0, 0, 0);

    /** What is kept whatever the number of objects, such as the table of strings, is not theirs. */
    private static void fillCaches(ClusterLog log) throws InterruptedException {
        WatchBytes watch = new WatchBytes(log);
        for (int i = 0; i < FILLING; i++) {
            String name = "filling-" + i;
            String object = "{\"metadata\":{\"name\":\"" + name + "\",\"namespace\":\"" + name
                    + "-0123456789abcdef\",\"uid\":\"" + name
                    + "-0123456789abcdef0123456789\",\"resourceVersion\":\"1000000\"},\"type\":\"Normal\"}";
            Decoders.feed(watch, WatchEvents.event(WatchedKind.EVENT, "ADDED", object));
        }
    }

    private static final int FILLING = 300_000;

    private Map<WatchedKind, List<WatchEvents.Event>> lastStates() {
        Map<String, WatchEvents.Event> last = new LinkedHashMap<>();
        for (WatchEvents.Event each : events.events()) {
            String object = each.object();
            Matcher name = NAME.matcher(object);
            Matcher namespace = NAMESPACE.matcher(object);
            if (each.kind().role() == Role.EVENT || !name.find()) {
                continue;
            }
            String id = each.kind() + "/" + (namespace.find() ? namespace.group(1) : "") + "/" + name.group(1);
            if (each.type().equals("DELETED")) {
                last.remove(id);
            } else {
                last.put(id, each);
            }
        }
        Map<WatchedKind, List<WatchEvents.Event>> byKind = new HashMap<>();
        last.values()
                .forEach(each -> byKind.computeIfAbsent(each.kind(), kind -> new ArrayList<>())
                        .add(each));
        return byKind;
    }

    private static WatchEvents.Event moved(WatchEvents.Event event, int copy) {
        String object = NAMESPACE.matcher(event.object()).replaceAll("\"namespace\":\"$1-" + copy + "\"");
        object = UID.matcher(object).replaceAll("$1" + String.format(Locale.ROOT, "%04d", copy));
        object = object.replaceAll(
                "(Namespace|tenant-namespace|node-namespace)\":\"(shop-a|tight-a)\"", "$1\":\"$2-" + copy + "\"");
        object = object.replaceAll("([A-Za-z]+)/(shop-a|tight-a)/", "$1/$2-" + copy + "/");
        return WatchEvents.event(event.kind(), event.type(), object);
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
