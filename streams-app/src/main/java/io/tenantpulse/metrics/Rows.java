package io.tenantpulse.metrics;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.HashMap;
import java.util.Map;

/** Gauges of one name whose rows come and go: a row is there while it was set, or counts anything. Thread-safe. */
final class Rows {
    private final MeterRegistry registry;
    private final String name;
    private final String description;
    private final Map<Tags, Registered> registered = new HashMap<>();

    private static final class Row {
        volatile double value;
    }

    private record Registered(Row row, Gauge gauge) {}

    Rows(MeterRegistry registry, String name, String description) {
        this.registry = registry;
        this.name = name;
        this.description = description;
    }

    synchronized void set(Tags tags, double value) {
        row(tags).value = value;
    }

    /** Counts; a row that comes to nothing goes. */
    synchronized void add(Tags tags, int more) {
        Row row = row(tags);
        row.value += more;
        if (row.value == 0) {
            remove(tags);
        }
    }

    synchronized void remove(Tags tags) {
        Registered gone = registered.remove(tags);
        if (gone != null) {
            registry.remove(gone.gauge);
        }
    }

    private Row row(Tags tags) {
        return registered.computeIfAbsent(tags, this::register).row;
    }

    private Registered register(Tags tags) {
        Row row = new Row();
        Gauge gauge = Gauge.builder(name, row, each -> each.value)
                .description(description)
                .tags(tags)
                .strongReference(true)
                .register(registry);
        return new Registered(row, gauge);
    }
}
