package io.tenantpulse.bench.oracle;

import io.tenantpulse.schema.AvroLimits;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;

/** Histories by chance; the same seed makes the same one. */
final class RandomHistories {
    private static final Instant BEGIN = Instant.parse("2026-03-01T00:00:00Z");

    static {
        AvroLimits.install();
    }

    private RandomHistories() {}

    static History of(long seed) {
        return of(seed, Profile.of(new Random(seed)));
    }

    static History of(long seed, Profile profile) {
        Random random = new Random(seed * 31 + 7);
        List<List<LogEntry>> logs = new ArrayList<>();
        for (int i = 0; i < profile.clusters(); i++) {
            // Their clocks are far apart: a cluster that lags must not be judged by another's
            Instant start = BEGIN.plusMillis(random.nextInt(7_200_000));
            logs.add(new RandomCluster("c" + (i + 1), profile, start, random).tell());
        }
        List<LogEntry> log = mixed(logs, random);
        Set<Integer> restarts = new TreeSet<>();
        for (int i = profile.restarts(); i > 0; i--) {
            restarts.add(1 + random.nextInt(log.size() - 1));
        }
        return new History(seed, profile.rules(), log, restarts);
    }

    private static List<LogEntry> mixed(List<List<LogEntry>> logs, Random random) {
        List<LogEntry> mixed = new ArrayList<>();
        int[] next = new int[logs.size()];
        List<Integer> open = new ArrayList<>();
        for (int i = 0; i < logs.size(); i++) {
            open.add(i);
        }
        while (!open.isEmpty()) {
            int cluster = open.get(random.nextInt(open.size()));
            List<LogEntry> its = logs.get(cluster);
            for (int run = 1 + random.nextInt(15); run > 0 && next[cluster] < its.size(); run--) {
                mixed.add(its.get(next[cluster]++));
            }
            if (next[cluster] == its.size()) {
                open.remove((Integer) cluster);
            }
        }
        return mixed;
    }
}
