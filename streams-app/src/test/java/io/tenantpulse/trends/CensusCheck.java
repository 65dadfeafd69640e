package io.tenantpulse.trends;

import static io.tenantpulse.trends.CensusHistory.MINUTE;
import static org.assertj.core.api.Assertions.assertThat;

import io.tenantpulse.trends.CensusHistory.Once;
import io.tenantpulse.trends.CensusHistory.Stay;
import io.tenantpulse.trends.CensusHistory.Took;
import io.tenantpulse.trends.CensusHistory.Unseen;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What a census told, compared with what the raw history says by brute force: exact but for quantiles. */
final class CensusCheck {
    private final CensusHistory raw;
    private final Map<Scope, List<Stay>> stays = new TreeMap<>();

    CensusCheck(CensusHistory raw) {
        this.raw = raw;
    }

    void run() {
        long end = WindowSize.MINUTE.startOf(raw.watermark);
        for (Stay stay : raw.history) {
            for (Scope scope : CensusHistory.scopes(stay.tenant(), stay.standing())) {
                stays.computeIfAbsent(scope, any -> new ArrayList<>()).add(stay);
            }
        }
        for (Scope scope : stays.keySet()) {
            ByHealth before = ByHealth.NONE;
            for (long window = WindowSize.MINUTE.startOf(CensusHistory.START); window < end; window += MINUTE) {
                String key = ToldWindows.key(scope, Instant.ofEpochMilli(window));
                if (isUnseen(window)) {
                    assertThat(raw.told.windows.containsKey(key)).as(key).isFalse();
                } else {
                    Totals totals = raw.told.windows.getOrDefault(key, Totals.NONE);
                    Population population = totals.population();
                    assertThat(population.atStart()).as(key).isEqualTo(before);
                    before = population.atEnd();
                    levels(scope, window, totals);
                    happenings(scope, window, totals);
                    times(scope, window, totals);
                }
            }
        }
    }

    private boolean isUnseen(long window) {
        return raw.unseen.stream().anyMatch(each -> each.holds(window));
    }

    /** The window in which what happened then is counted: where nobody looked, the first after it. */
    private long windowOf(long at) {
        long window = WindowSize.MINUTE.startOf(at);
        for (Unseen each : raw.unseen) {
            window = each.holds(window) ? WindowSize.MINUTE.startOf(each.to()) : window;
        }
        return window;
    }

    private void levels(Scope scope, long window, Totals totals) {
        long[] millis = new long[Health.values().length];
        long[] atEnd = new long[Health.values().length];
        TreeMap<String, KindLoad> kinds = new TreeMap<>();
        Members members = Members.NONE;
        for (Stay stay : stays.get(scope)) {
            long length = Math.max(0, Math.min(stay.to(), window + MINUTE) - Math.max(stay.from(), window));
            millis[stay.health().ordinal()] += length;
            boolean last = stay.from() < window + MINUTE && stay.to() >= window + MINUTE;
            if (last) {
                atEnd[stay.health().ordinal()]++;
                members = stay.seen() && stay.health().isUnhealthy() ? members.beside(member(stay)) : members;
            }
            if (stay.seen()) {
                stay.standing()
                        .notReadyByKind()
                        .forEach((kind, count) ->
                                kinds.merge(kind, new KindLoad(length * count, last ? count : 0), KindLoad::beside));
            }
        }
        kinds.values().removeIf(KindLoad.NONE::equals);
        Population population = totals.population();
        assertThat(population.time()).as(scope + " " + window).isEqualTo(ByHealth.of(millis));
        assertThat(population.atEnd()).isEqualTo(ByHealth.of(atEnd));
        assertThat(totals.members()).isEqualTo(members);
        TreeMap<String, KindLoad> told = new TreeMap<>(totals.notReadyByKind());
        told.values().removeIf(KindLoad.NONE::equals);
        assertThat(told).isEqualTo(kinds);
    }

    private void happenings(Scope scope, long window, Totals totals) {
        TreeMap<String, Long> expected = new TreeMap<>();
        TreeMap<String, Long> opened = new TreeMap<>();
        TreeMap<String, Long> closed = new TreeMap<>();
        TreeMap<String, Long> openedBy = new TreeMap<>();
        TreeMap<String, Long> closedBy = new TreeMap<>();
        long restarts = 0;
        for (Once each : raw.once) {
            String[] words = each.what().split(" ");
            if (!each.scope().equals(scope) || windowOf(each.at()) != window) {
                continue;
            } else if (words[0].equals("restarts")) {
                restarts += 2;
            } else if (words[0].equals("opened") || words[0].equals("closed")) {
                boolean opens = words[0].equals("opened");
                (opens ? opened : closed).merge(words[1], 1L, Long::sum);
                if (!words[2].equals("null")) {
                    (opens ? openedBy : closedBy).merge(words[2], 1L, Long::sum);
                }
            } else {
                expected.merge(each.what(), 1L, Long::sum);
            }
        }
        Population population = totals.population();
        TreeMap<String, Long> told = new TreeMap<>(population.turns());
        for (Health health : Health.values()) {
            told.put("added " + health, population.added().of(health));
            told.put("removed " + health, population.removed().of(health));
        }
        told.values().removeIf(count -> count == 0);
        assertThat(told).as(scope + " " + window).isEqualTo(expected);
        Incidents incidents = totals.incidents();
        assertThat(incidents.openedByCause()).isEqualTo(new TopCounts(opened, 0));
        assertThat(incidents.openedByBlocker()).isEqualTo(new TopCounts(openedBy, 0));
        assertThat(incidents.closedByCause()).isEqualTo(new TopCounts(closed, 0));
        assertThat(incidents.closedByBlocker()).isEqualTo(new TopCounts(closedBy, 0));
        assertThat(totals.restarts()).isEqualTo(restarts);
        balances(population);
    }

    private static void balances(Population population) {
        for (Health health : Health.values()) {
            long turned = 0;
            for (Map.Entry<String, Long> each : population.turns().entrySet()) {
                turned += each.getKey().endsWith('>' + health.word()) ? each.getValue() : 0;
                turned -= each.getKey().startsWith(health.word() + '>') ? each.getValue() : 0;
            }
            assertThat(population.atEnd().of(health))
                    .isEqualTo(population.atStart().of(health)
                            + turned
                            + population.added().of(health)
                            - population.removed().of(health));
        }
    }

    private void times(Scope scope, long window, Totals totals) {
        TreeMap<String, List<Long>> expected = new TreeMap<>();
        for (Took each : raw.took) {
            if (each.scope().equals(scope) && windowOf(each.at()) == window) {
                expected.computeIfAbsent(each.what(), any -> new ArrayList<>()).add(each.millis());
            }
        }
        List<Long> recoveries = expected.getOrDefault("recovery", List.of());
        assertThat(totals.incidents().recovered()).isEqualTo(recoveries.size());
        assertThat(totals.incidents().recoveryMillis())
                .isEqualTo(recoveries.stream().mapToLong(Long::longValue).sum());
        quantiles(totals.incidents().length(), expected.remove("recovery"));
        quantiles(totals.timeToReady(), expected.remove("tenant"));
        assertThat(totals.readyByResource().keySet())
                .isEqualTo(new TreeSet<>(expected.keySet().stream()
                        .map(each -> each.split(" ")[1])
                        .toList()));
        totals.readyByResource().forEach((id, times) -> {
            List<Long> millis = expected.get("resource " + id);
            quantiles(times.times(), millis);
            assertThat(times.overTimeout())
                    .isEqualTo(millis.stream().filter(each -> each > 600_000).count());
        });
    }

    private static void quantiles(Quantiles told, @Nullable List<Long> expected) {
        List<Long> sorted =
                expected == null ? List.of() : expected.stream().sorted().toList();
        assertThat(told.count()).isEqualTo(sorted.size());
        for (double share : sorted.isEmpty() ? new double[0] : new double[] {0, 0.5, 0.95, 0.99, 1}) {
            long exact = sorted.get((int) (share * (sorted.size() - 1)));
            assertThat((double) told.quantile(share).toMillis())
                    .isBetween(exact * (1 - Quantiles.RELATIVE_ERROR) - 1, exact * (1 + Quantiles.RELATIVE_ERROR) + 1);
        }
    }

    private static @Nullable Instant since(Standing standing) {
        return standing.unhealthySince() == null
                ? null
                : standing.unhealthySince().truncatedTo(ChronoUnit.SECONDS);
    }

    private Members member(Stay stay) {
        Standing standing = stay.standing();
        Long broke = brokeIt(stay);
        return new Members(
                1,
                standing.cause() == null ? TopCounts.NONE : TopCounts.of(standing.cause(), 1),
                broke == null
                        ? TopCounts.NONE
                        : TopCounts.of(Members.generation(stay.tenant().namespace(), standing.template(), broke), 1),
                since(standing),
                since(standing));
    }

    /** The last generation that its template changed to, at an instant until which it was not unhealthy, since it was healthy. */
    private @Nullable Long brokeIt(Stay stay) {
        List<Stay> life = raw.history.stream()
                .filter(each -> each.tenant().equals(stay.tenant()) && each.life() == stay.life())
                .toList();
        for (int i = life.indexOf(stay); i > 0 && life.get(i).standing().health() != Health.HEALTHY; i--) {
            Standing before = life.get(i - 1).standing();
            Standing after = life.get(i).standing();
            if (!before.template().equals(after.template())) {
                return null;
            }
            if (!before.health().isUnhealthy()
                    && !Objects.equals(before.templateGeneration(), after.templateGeneration())) {
                return after.templateGeneration();
            }
        }
        return null;
    }
}
