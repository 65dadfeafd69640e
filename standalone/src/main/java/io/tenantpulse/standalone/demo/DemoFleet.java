package io.tenantpulse.standalone.demo;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A fleet of three simulated clusters with their operators: two of tenant-operator v1.1.8 and one of Lynq v1.1.20. It moves only
 * when told to, in steps of one second, and is the same for the same seed and start. Thread-safe.
 */
public final class DemoFleet {
    private static final Duration AGE = Duration.ofDays(3);
    private static final Duration SETTLING = Duration.ofMinutes(6);
    private static final Duration PACE = Duration.ofSeconds(225);
    private static final Duration PRELUDE = Duration.ofMinutes(50);

    private record Stage(DemoCluster cluster, Script script) {}

    private final Map<String, Stage> stages = new LinkedHashMap<>();
    private Instant now;

    /**
     * Makes the fleet and lets it live until {@code start}: some tenants are days old by then, some are in trouble already.
     *
     * @param tenants about how many tenants there are at the start; at least 1
     */
    public DemoFleet(long seed, int tenants, Instant start) {
        this(seed, tenants, start, PACE);
    }

    /** @param pace how much time passes in a cluster from one trouble to the next, on average */
    DemoFleet(long seed, int tenants, Instant start, Duration pace) {
        Instant birth = Instant.ofEpochSecond(start.minus(AGE).getEpochSecond());
        now = birth;
        for (String name : Cast.CLUSTERS) {
            Dialect dialect = name.equals("prod-us") ? Dialect.LYNQ : Dialect.TENANT_OPERATOR;
            DemoCluster cluster = new DemoCluster(name, dialect, seed, birth);
            stages.put(name, new Stage(cluster, new Script(cluster, seed, tenants, pace)));
        }
        live(birth.plus(SETTLING));
        now = Instant.ofEpochSecond(start.minus(PRELUDE).getEpochSecond()); // nothing happened in between
        stages.values().forEach(stage -> stage.script().rehearse(start));
        live(start);
        stages.values().forEach(stage -> stage.cluster().noisy(true));
    }

    /** Lets all that is due until an instant happen. */
    public synchronized void advanceTo(Instant to) {
        live(to);
    }

    /** How far the fleet has lived. */
    public synchronized Instant now() {
        return now;
    }

    /** What is really wrong with each tenant at present. */
    public synchronized List<Truth> truth() {
        return stages.values().stream()
                .flatMap(stage -> stage.cluster().truth().stream())
                .toList();
    }

    public List<String> clusters() {
        return List.copyOf(stages.keySet());
    }

    /** The objects of one cluster, for its API server. */
    public ObjectStore store(String cluster) {
        return cluster(cluster).store();
    }

    DemoCluster cluster(String name) {
        Stage stage = stages.get(name);
        if (stage == null) {
            throw new IllegalArgumentException(
                    "the demo has no cluster %s; it has %s".formatted(name, stages.keySet()));
        }
        return stage.cluster();
    }

    private void live(Instant to) {
        while (!now.plusSeconds(1).isAfter(to)) {
            now = now.plusSeconds(1);
            for (Stage stage : stages.values()) {
                stage.cluster().step(now);
                stage.script().step();
            }
        }
    }
}
