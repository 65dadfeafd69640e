package io.tenantpulse.standalone.demo;

import io.tenantpulse.exporter.WatchedKind;
import io.tenantpulse.standalone.replay.FleetReplay;
import io.tenantpulse.v1.AlertTransition;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/** A demo that lived for a while: what was said of its tenants, and what was true of them. */
final class DemoHistory {
    private static final int WATERMARK_SECONDS = 5;
    private static final int TRUTH_SECONDS = 10;

    /** A tenant, by where it is and what it is called. */
    record Name(String cluster, String namespace, String tenant) {}

    /**
     * A while in which the same was wrong with a tenant, or nothing.
     *
     * @param truths as they came, each from when on; only what waits for others differs between them
     */
    record Span(NavigableMap<Instant, Truth> truths, Instant from, Instant to) {
        Truth truth() {
            return truths.firstEntry().getValue();
        }

        /** What was true at an instant; before the first time that was asked, what was true then. */
        Truth truthAt(Instant instant) {
            Map.Entry<Instant, Truth> found = truths.floorEntry(instant);
            return found == null ? truth() : found.getValue();
        }

        Span on(Truth truth, Instant now) {
            truths.put(now, truth);
            return new Span(truths, from, now);
        }

        boolean isTrouble() {
            return !truth().roots().isEmpty();
        }

        Duration length() {
            return Duration.between(from, to);
        }
    }

    final Map<Name, List<Span>> spans = new LinkedHashMap<>();
    final List<AlertTransition> transitions = new ArrayList<>();
    private final DemoFleet fleet;
    private final Map<Name, Span> open = new HashMap<>();
    private final Map<String, Map<WatchedKind, ResourceType>> kinds = new HashMap<>();
    private final Map<String, Long> seen = new HashMap<>();

    private DemoHistory(DemoFleet fleet) {
        this.fleet = fleet;
    }

    /** Lets a fleet live; every change of it is seen in the second in which it is made. */
    static DemoHistory of(DemoFleet fleet, Duration length) throws IOException {
        DemoHistory history = new DemoHistory(fleet);
        history.live(new FleetReplay(), fleet.now().plus(length));
        history.open.forEach((name, span) -> history.spans.get(name).add(span));
        return history;
    }

    private void live(FleetReplay replay, Instant end) {
        replay.at(fleet.now());
        fleet.clusters().forEach(cluster -> list(replay, cluster));
        for (int second = 1; fleet.now().isBefore(end); second++) {
            fleet.advanceTo(fleet.now().plusSeconds(1));
            replay.at(fleet.now());
            fleet.clusters().forEach(cluster -> watch(replay, cluster));
            if (second % WATERMARK_SECONDS == 0) {
                fleet.clusters().forEach(replay::watermark);
                transitions.addAll(replay.takeTransitions());
            }
            if (second % TRUTH_SECONDS == 0) {
                remember();
            }
        }
    }

    private void list(FleetReplay replay, String cluster) {
        ObjectStore store = fleet.store(cluster);
        fleet.cluster(cluster).noisy(false); // what changes nothing is left out: nobody would publish it
        replay.claim(cluster);
        Map<WatchedKind, ResourceType> served = new LinkedHashMap<>();
        for (WatchedKind kind : WatchedKind.ALL) {
            store.types().stream()
                    .filter(type ->
                            type.group().equals(kind.group()) && type.kind().equals(kind.kind()))
                    .forEach(type -> served.put(kind, type));
        }
        served.forEach((kind, type) -> replay.list(
                cluster, kind, store.list(type).stream().map(Json::bytes).toList()));
        kinds.put(cluster, served);
        seen.put(cluster, store.resourceVersion());
        replay.watermark(cluster);
    }

    private record Seen(WatchedKind kind, ObjectStore.Change change) {}

    private void watch(FleetReplay replay, String cluster) {
        ObjectStore store = fleet.store(cluster);
        long before = seen.put(cluster, store.resourceVersion());
        List<Seen> news = new ArrayList<>();
        kinds.get(cluster)
                .forEach((kind, type) -> store.newsAfter(type, before, "")
                        .changes()
                        .forEach(change -> news.add(new Seen(kind, change))));
        news.sort(Comparator.comparingLong(each -> each.change().resourceVersion()));
        news.forEach(each -> replay.event(
                cluster, each.kind(), each.change().type(), each.change().object()));
    }

    private void remember() {
        Instant now = fleet.now();
        Map<Name, Span> left = new HashMap<>(open);
        for (Truth truth : fleet.truth()) {
            Name name = new Name(truth.cluster(), truth.namespace(), truth.tenant());
            Span before = left.remove(name);
            if (before != null && before.truth().roots().equals(truth.roots())) {
                open.put(name, before.on(truth, now));
            } else {
                List<Span> past = spans.computeIfAbsent(name, any -> new ArrayList<>());
                if (before != null) {
                    past.add(before);
                }
                boolean begins = !truth.roots().isEmpty() && (before == null || !before.isTrouble());
                NavigableMap<Instant, Truth> truths = new TreeMap<>(Map.of(now, truth));
                open.put(name, new Span(truths, begins ? truth.since() : now, now));
            }
        }
        left.forEach((name, span) -> {
            spans.get(name).add(span);
            open.remove(name);
        });
    }
}
