package io.tenantpulse.bench;

import io.tenantpulse.topology.DetectorRig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/** What each kind of event of one tenant costs the detector, its stores on disk; on one thread. */
final class TenantEvents {
    private static final double MICROS = 1e3;
    /** Events of each kind in a round. */
    private static final int EVENTS = 20;

    private static final Duration TICK = Duration.ofSeconds(5);
    private static final Duration LONG = Duration.ofMinutes(20);

    private final int resources;
    private final int chain;
    private final int warmUps;
    private final int rounds;
    private final Map<Event, Cost> costs = new EnumMap<>(Event.class);

    /** What can happen. */
    enum Event {
        DECODING("read all its objects, and nothing else"),
        READY_TURN("a resource turns, all others are ready"),
        TENANT("the operator counts that"),
        POD("a pod changes, no alert fires"),
        CHAIN_TURN("a resource turns, the chain is not ready, alerts fire"),
        CHAIN_TENANT("the operator counts that"),
        CHAIN_POD("a pod changes, alerts fire"),
        REVIEW("a watermark at which the alerts are reviewed"),
        WATERMARK("a watermark at which nothing is due");

        private final String words;

        Event(String words) {
            this.words = words;
        }
    }

    /** One event's median. */
    record Cost(double micros, long allocated) {}

    private final Map<Event, List<Cost>> made = new EnumMap<>(Event.class);

    TenantEvents(int resources, int chain, int warmUps, int rounds) {
        this.resources = resources;
        this.chain = chain;
        this.warmUps = warmUps;
        this.rounds = rounds;
    }

    Map<Event, Cost> costs() throws IOException {
        Path folder = Files.createTempDirectory("tenant-pulse-bench");
        try (DetectorRig rig = new DetectorRig(folder, true)) {
            LargeTenant tenant = new LargeTenant(rig, resources, chain);
            tenant.begin(1);
            for (int round = 0; round < warmUps + rounds; round++) {
                round(rig, tenant, round >= warmUps);
            }
        } finally {
            delete(folder);
        }
        made.forEach((event, all) -> costs.put(event, median(all)));
        return costs;
    }

    private void round(DetectorRig rig, LargeTenant tenant, boolean counts) {
        List<Cost> decoding = measured(counts, Event.DECODING);
        decoding.add(cost(EVENTS / 4, i -> rig.readAll(LargeTenant.id(0))));
        turns(tenant, counts, Event.READY_TURN, Event.TENANT, resources);
        measured(counts, Event.POD).add(cost(EVENTS, i -> tenant.pod(0, i % resources, null)));
        for (int i = 0; i < chain; i++) {
            tenant.deployment(0, i, false);
        }
        tenant.pod(0, 0, "ImagePullBackOff");
        tenant.counts(0, resources - chain);
        tenant.watermark(LONG);
        turns(tenant, counts, Event.CHAIN_TURN, Event.CHAIN_TENANT, resources - chain);
        measured(counts, Event.CHAIN_POD)
                .add(cost(EVENTS, i -> tenant.pod(0, 0, i % 2 == 0 ? "ErrImagePull" : "ImagePullBackOff")));
        measured(counts, Event.REVIEW).add(reviews(tenant));
        measured(counts, Event.WATERMARK).add(cost(EVENTS, i -> tenant.watermark(Duration.ofMillis(1))));
        for (int i = 0; i < chain; i++) {
            tenant.deployment(0, i, true);
        }
        tenant.pod(0, 0, null);
        tenant.counts(0, resources);
        tenant.watermark(LONG);
    }

    private void turns(LargeTenant tenant, boolean counts, Event turn, Event counted, int ready) {
        long[] spent = new long[4];
        for (int i = 0; i < EVENTS; i++) {
            int which = chain + i / 2 % (resources - chain);
            boolean well = i % 2 == 1;
            measure(spent, 0, () -> tenant.deployment(0, which, well));
            measure(spent, 2, () -> tenant.counts(0, well ? ready : ready - 1));
        }
        measured(counts, turn).add(new Cost(spent[0] / MICROS / EVENTS, spent[1] / EVENTS));
        measured(counts, counted).add(new Cost(spent[2] / MICROS / EVENTS, spent[3] / EVENTS));
    }

    private static Cost reviews(LargeTenant tenant) {
        long[] spent = new long[2];
        for (int i = 0; i < EVENTS / 4; i++) {
            tenant.pod(0, 0, i % 2 == 0 ? "ErrImagePull" : "ImagePullBackOff");
            measure(spent, 0, () -> tenant.watermark(Duration.ofSeconds(11)));
        }
        return new Cost(spent[0] / MICROS / (EVENTS / 4), spent[1] / (EVENTS / 4));
    }

    /** What one event does. */
    private interface Action {
        void run(int number);
    }

    private static Cost cost(int events, Action action) {
        long[] spent = new long[2];
        measure(spent, 0, () -> {
            for (int i = 0; i < events; i++) {
                action.run(i);
            }
        });
        return new Cost(spent[0] / MICROS / events, spent[1] / events);
    }

    private static void measure(long[] spent, int at, Runnable action) {
        long allocated = Cpu.allocatedBytes();
        long nanos = Cpu.threadNanos();
        action.run();
        spent[at] += Cpu.threadNanos() - nanos;
        spent[at + 1] += Cpu.allocatedBytes() - allocated;
    }

    private List<Cost> measured(boolean counts, Event event) {
        return counts ? made.computeIfAbsent(event, any -> new ArrayList<>()) : new ArrayList<>();
    }

    static Cost median(List<Cost> all) {
        double[] micros = all.stream().mapToDouble(Cost::micros).sorted().toArray();
        long[] allocated = all.stream().mapToLong(Cost::allocated).sorted().toArray();
        return new Cost(micros[micros.length / 2], allocated[allocated.length / 2]);
    }

    /** Events of the large tenant beside those of the small one. */
    static String report(TenantEvents large, TenantEvents small) throws IOException {
        Map<Event, Cost> of = large.costs();
        Map<Event, Cost> beside = small.costs();
        StringBuilder text = new StringBuilder(String.format(
                Locale.ROOT,
                "### One event of a tenant with %d resources, %d in a chain, and a pod each; CPU of the detector's thread%n%n"
                        + "| event | of reading all its objects | of the same with %d resources | µs | µs with %d | bytes allocated |%n"
                        + "|---|---|---|---|---|---|%n",
                large.resources,
                large.chain,
                small.resources,
                small.resources));
        double decoding = of.get(Event.DECODING).micros;
        for (Event event : Event.values()) {
            Cost cost = of.get(event);
            double other = beside.get(event).micros;
            text.append(String.format(
                    Locale.ROOT,
                    "| %s | %.3f | %.1f | %.0f | %.0f | %d |%n",
                    event.words,
                    cost.micros / decoding,
                    cost.micros / other,
                    cost.micros,
                    other,
                    cost.allocated));
        }
        return text.toString();
    }

    static void delete(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(each);
            }
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }
}
