package io.tenantpulse.bench.oracle;

import io.tenantpulse.schema.AvroLimits;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
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
            int at = 1 + random.nextInt(log.size() - 1);
            if (!isRepeatedBehind(log, at)) {
                restarts.add(at);
            }
        }
        return new History(seed, profile.rules(), log, restarts);
    }

    /**
     * Whether something old is told between a place and the next mark of its cluster. A detector that is started again there
     * remembers up to where it had read at its cluster's last mark only, and what it read of objects that are still there.
     */
    private static boolean isRepeatedBehind(List<LogEntry> log, int at) {
        Map<String, LogEntry> newest = new HashMap<>();
        Set<String> marked = new HashSet<>();
        for (int i = 0; i < log.size(); i++) {
            LogEntry each = log.get(i);
            LogEntry before = newest.get(each.cluster());
            boolean news = before == null || each.isNewerThan(before);
            if (i >= at && !news && !marked.contains(each.cluster())) {
                return true;
            }
            if (i >= at && news && each.isMark()) {
                marked.add(each.cluster());
            }
            if (news) {
                newest.put(each.cluster(), each);
            }
        }
        return false;
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
