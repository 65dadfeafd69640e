package io.tenantpulse.bench;

import io.tenantpulse.exporter.ClusterLog;
import io.tenantpulse.exporter.kube.WatchBytes;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** What it costs to read recorded watch events, on one thread: each way in turn, again and again, in one run. */
final class ExporterBytes {
    private static final double MB = 1e6;
    private static final double NANOS = 1e9;

    private final List<WatchEvents> recordings;
    private final Decoders decoders = new Decoders();
    private final int warmUps;
    private final int rounds;

    /** @param rounds that count, after {@code warmUps} that do not; at least 1 */
    ExporterBytes(List<WatchEvents> recordings, int warmUps, int rounds) {
        this.recordings = recordings;
        this.warmUps = warmUps;
        this.rounds = rounds;
    }

    /**
     * One way's median round.
     *
     * @param bytesPerSecond of the CPU
     * @param ofFabric8 how many times the speed of fabric8's watches in the same round, round by round, least first
     */
    record Speed(double bytesPerSecond, double eventsPerSecond, long allocatedPerEvent, List<Double> ofFabric8) {}

    private record Round(long nanos, long allocated) {}

    /** Speeds by recording and way. */
    Map<String, Map<String, Speed>> speeds() throws IOException, InterruptedException {
        Map<String, Map<String, Speed>> all = new LinkedHashMap<>();
        for (WatchEvents each : recordings) {
            all.put(each.name(), speeds(each));
        }
        return all;
    }

    private Map<String, Speed> speeds(WatchEvents events) throws IOException, InterruptedException {
        Map<String, Decoders.Decoder> ways = new LinkedHashMap<>();
        ways.put("fabric8, as its watches decode", decoders::fabric8);
        ways.put("fabric8 `unmarshal` from bytes", decoders::fabric8FromBytes);
        ways.put("Jackson, tokens only", decoders::tokens);
        ways.put("exporter, to \"unchanged\" or Avro", decoders::exporter);
        Map<String, List<Round>> made = new LinkedHashMap<>();
        for (int round = 0; round < warmUps + rounds; round++) {
            for (Map.Entry<String, Decoders.Decoder> way : ways.entrySet()) {
                Round one = round(way.getValue(), events);
                if (round >= warmUps) {
                    made.computeIfAbsent(way.getKey(), name -> new ArrayList<>())
                            .add(one);
                }
            }
        }
        Map<String, Speed> speeds = new LinkedHashMap<>();
        List<Round> fabric8 = made.values().iterator().next();
        made.forEach((way, all) -> speeds.put(way, median(all, fabric8, events)));
        return speeds;
    }

    private static Round round(Decoders.Decoder decoder, WatchEvents events) throws IOException, InterruptedException {
        System.gc();
        long allocated = Cpu.allocatedBytes();
        long nanos = Cpu.steadyNanos();
        decoder.read(events);
        return new Round(Cpu.steadyNanos() - nanos, Cpu.allocatedBytes() - allocated);
    }

    private static Speed median(List<Round> rounds, List<Round> fabric8, WatchEvents events) {
        List<Double> ratios = new ArrayList<>();
        for (int i = 0; i < rounds.size(); i++) {
            ratios.add((double) fabric8.get(i).nanos() / rounds.get(i).nanos());
        }
        ratios.sort(null);
        long[] nanos = rounds.stream().mapToLong(Round::nanos).sorted().toArray();
        long[] allocated = rounds.stream().mapToLong(Round::allocated).sorted().toArray();
        double seconds = nanos[nanos.length / 2] / NANOS;
        int count = events.events().size();
        return new Speed(events.bytes() / seconds, count / seconds, allocated[allocated.length / 2] / count, ratios);
    }

    /** What events of a kind allocate that change nothing, or something. */
    static final class Garbage {
        private final List<Long> unchanged = new ArrayList<>();
        private final List<Long> changed = new ArrayList<>();
        private long bytes;

        int unchangedCount() {
            return unchanged.size();
        }

        int changedCount() {
            return changed.size();
        }

        private static long at(List<Long> of, double share) {
            long[] sorted = of.stream().mapToLong(Long::longValue).sorted().toArray();
            return sorted.length == 0 ? 0 : sorted[(int) Math.min(sorted.length - 1, sorted.length * share)];
        }

        static long mean(List<Long> of) {
            return of.isEmpty() ? 0 : of.stream().mapToLong(Long::longValue).sum() / of.size();
        }

        long unchangedMean() {
            return mean(unchanged);
        }
    }

    /** Bytes allocated, by recording and kind, event by event, when all is warm. */
    Map<String, Map<String, Garbage>> garbage() throws InterruptedException {
        Map<String, Map<String, Garbage>> all = new LinkedHashMap<>();
        for (WatchEvents each : recordings) {
            all.put(each.name(), garbage(each));
        }
        return all;
    }

    private static Map<String, Garbage> garbage(WatchEvents events) throws InterruptedException {
        Map<String, Garbage> byKind = new TreeMap<>();
        EncodedLog encoded = new EncodedLog();
        ClusterLog log = Decoders.newLog(events.name(), encoded);
        WatchBytes watch = new WatchBytes(log);
        for (WatchEvents.Event each : events.events()) {
            long records = encoded.records();
            long before = Cpu.allocatedBytes();
            Decoders.feed(watch, each);
            long made = Cpu.allocatedBytes() - before;
            Garbage of = byKind.computeIfAbsent(each.kind().name(), kind -> new Garbage());
            of.bytes += each.length();
            (encoded.records() == records ? of.unchanged : of.changed).add(made);
        }
        return byKind;
    }

    /** All of it as Markdown, ratios first. */
    String report() throws IOException, InterruptedException {
        StringBuilder text = new StringBuilder();
        text.append(
                "### Watch bytes, one thread; CPU of the whole process, its collector's too, but for its compilers'\n\n");
        text.append(
                "| recording | way | of fabric8 | least–most | of tokens | MB/CPU-s | events/CPU-s | allocated per event |\n");
        text.append("|---|---|---|---|---|---|---|---|\n");
        speeds().forEach((recording, ways) -> ways.forEach((way, speed) -> {
            List<Speed> all = List.copyOf(ways.values());
            text.append(String.format(
                    Locale.ROOT,
                    "| %s | %s | %.2f | %.2f–%.2f | %.2f | %.0f | %.0f | %d |%n",
                    recording,
                    way,
                    speed.ofFabric8().get(speed.ofFabric8().size() / 2),
                    speed.ofFabric8().get(0),
                    speed.ofFabric8().get(speed.ofFabric8().size() - 1),
                    speed.bytesPerSecond() / all.get(2).bytesPerSecond(),
                    speed.bytesPerSecond() / MB,
                    speed.eventsPerSecond(),
                    speed.allocatedPerEvent()));
        }));
        text.append("\n### Bytes allocated for an event, by kind\n\n");
        text.append("| recording | kind | mean size | unchanged | mean | p99 | changed | mean | p99 |\n");
        text.append("|---|---|---|---|---|---|---|---|---|\n");
        garbage()
                .forEach((recording, kinds) -> kinds.forEach((kind, of) -> text.append(String.format(
                        Locale.ROOT,
                        "| %s | %s | %d | %d | %d | %d | %d | %d | %d |%n",
                        recording,
                        kind,
                        of.bytes / (of.unchanged.size() + of.changed.size()),
                        of.unchanged.size(),
                        Garbage.mean(of.unchanged),
                        Garbage.at(of.unchanged, 0.99),
                        of.changed.size(),
                        Garbage.mean(of.changed),
                        Garbage.at(of.changed, 0.99)))));
        return text.toString();
    }
}
