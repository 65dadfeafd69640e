package io.tenantpulse.trends;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantpulse.model.TenantId;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** A random fleet, counted by the census and, from its raw history, by brute force: the same to the millisecond. */
final class CensusHistory {
    private static final String CLUSTER = "c";
    private static final String[] KINDS = {"Tenant", "LynqNode"};
    private static final long START = Instant.parse("2026-03-01T10:00:20Z").toEpochMilli();
    private static final long MINUTE = 60_000;

    /** A tenant was so from then to then, not including it; {@code life} tells one of that name from a later one. */
    private record Stay(TenantId tenant, int life, Standing standing, boolean seen, long from, long to) {}

    private record Turned(List<Scope> scopes, String turn, long at) {}

    private final Random random;
    private final boolean restarts;
    private final MapCensusMemory memory = new MapCensusMemory();
    final ToldWindows told = new ToldWindows();
    private Census census = new Census(memory, told);
    private final Map<TenantId, Standing> now = new TreeMap<>();
    private final Map<TenantId, Long> since = new HashMap<>();
    private final Map<TenantId, Integer> lives = new HashMap<>();
    private final TreeSet<String> hidden = new TreeSet<>();
    private final List<Stay> history = new ArrayList<>();
    private final List<Turned> turned = new ArrayList<>();
    private final Map<String, Long> happened = new TreeMap<>();
    private long watermark = START;

    CensusHistory(long seed, boolean restarts) {
        this.random = new Random(seed);
        this.restarts = restarts;
    }

    void run() {
        long at = START;
        for (int i = 0; i < 400; i++) {
            at += random.nextInt(4) == 0 ? 0 : random.nextInt(random.nextInt(20) == 0 ? 200_000 : 15_000);
            step(at);
            boolean here = random.nextInt(5) == 0;
            if (here && restarts) {
                census.flush();
                census = new Census(memory, told);
            }
        }
        reach(at + MINUTE);
        check();
    }

    private void step(long at) {
        switch (random.nextInt(12)) {
            case 0, 1 -> reach(at);
            case 2 -> see(KINDS[random.nextInt(2)], at);
            case 3 -> incident(at);
            default -> turn(at);
        }
    }

    private void turn(long at) {
        TenantId tenant =
                new TenantId(CLUSTER, "ns" + random.nextInt(2), KINDS[random.nextInt(2)], "t" + random.nextInt(4));
        Standing before = now.get(tenant);
        Standing after = random.nextInt(6) == 0 ? null : standing(before, at);
        if (before == null && after == null) {
            return;
        }
        census.stands(tenant, before, after, Instant.ofEpochMilli(at));
        if (before != null) {
            leave(tenant, at);
        }
        if (after != null) {
            now.put(tenant, after);
            since.put(tenant, at);
            lives.merge(tenant, before == null ? 1 : 0, Integer::sum);
        }
        if (before != null && after != null && before.health() != after.health() && !isHidden(tenant)) {
            turned.add(new Turned(scopes(tenant, after), Population.turn(before.health(), after.health()), at));
        }
    }

    private Standing standing(@Nullable Standing before, long at) {
        Health health = Health.values()[random.nextInt(Health.values().length)];
        TreeMap<String, Integer> kinds = new TreeMap<>();
        if (health == Health.MISMATCHED) {
            kinds.put("Deployment.apps", 1 + random.nextInt(3));
        }
        boolean unhealthy = health.isUnhealthy();
        Instant began =
                before != null && before.unhealthySince() != null ? before.unhealthySince() : Instant.ofEpochMilli(at);
        long generation = before == null || random.nextInt(3) == 0
                ? random.nextInt(3)
                : Objects.requireNonNull(before.templateGeneration());
        // A tenant's registry and template stay what they are, so that none moves from one group to another.
        return new Standing(
                health,
                "r1",
                "web",
                generation,
                kinds,
                unhealthy ? began : null,
                unhealthy && random.nextBoolean() ? "ImagePull image" + random.nextInt(2) : null,
                null,
                null,
                false,
                false,
                before == null || health == Health.HEALTHY ? null : rolledOut(before, generation));
    }

    private static @Nullable Long rolledOut(Standing before, long generation) {
        boolean another = generation != Objects.requireNonNull(before.templateGeneration());
        return another && !before.health().isUnhealthy() ? Long.valueOf(generation) : before.rolledOut();
    }

    private boolean isHidden(TenantId tenant) {
        return hidden.contains(tenant.kindName());
    }

    private void leave(TenantId tenant, long at) {
        Standing standing = Objects.requireNonNull(now.remove(tenant));
        long from = Objects.requireNonNull(since.remove(tenant));
        history.add(new Stay(tenant, lives.get(tenant), standing, !isHidden(tenant), from, at));
    }

    private void see(String kind, long at) {
        String name = new TenantId("", "", kind, "").kindName();
        boolean hide = !hidden.contains(name);
        census.sees(CLUSTER, name, hide, Instant.ofEpochMilli(at));
        for (TenantId tenant : List.copyOf(now.keySet())) {
            if (tenant.kind().equals(kind)) {
                Standing standing = now.get(tenant);
                leave(tenant, at);
                now.put(tenant, standing);
                since.put(tenant, at);
                if (standing.health() != Health.BLIND) {
                    Health from = hide ? standing.health() : Health.BLIND;
                    Health to = hide ? Health.BLIND : standing.health();
                    turned.add(new Turned(scopes(tenant, standing), Population.turn(from, to), at));
                }
            }
        }
        if (!hidden.remove(name)) {
            hidden.add(name);
        }
    }

    private void incident(long at) {
        TenantId tenant = new TenantId(CLUSTER, "ns0", "Tenant", "t1");
        Group group = Group.of(tenant, "r1", "web");
        Instant when = Instant.ofEpochMilli(at - random.nextInt(120_000));
        String cause = random.nextBoolean() ? "ImagePull" : null;
        if (random.nextBoolean()) {
            census.happens(group, Counted.opened(cause, "db"), when);
            happened.merge("opened", 1L, Long::sum);
        } else {
            census.happens(group, Counted.ended(cause, null, Duration.ofMillis(at % 100_000)), when);
            happened.merge("closed", 1L, Long::sum);
            happened.merge("recovery", at % 100_000, Long::sum);
        }
        census.happens(group, Counted.restarts(2), Instant.ofEpochMilli(at));
        happened.merge("restarts", 2L, Long::sum);
    }

    private void reach(long at) {
        watermark = at;
        census.reach(CLUSTER, Instant.ofEpochMilli(at));
    }

    private static List<Scope> scopes(TenantId tenant, Standing standing) {
        return Group.of(tenant, standing.registry(), standing.template()).scopes();
    }

    private void check() {
        long end = WindowSize.MINUTE.startOf(watermark);
        for (TenantId tenant : List.copyOf(now.keySet())) {
            leave(tenant, Long.MAX_VALUE);
        }
        TreeSet<Scope> scopes = new TreeSet<>();
        history.forEach(stay -> scopes.addAll(scopes(stay.tenant(), stay.standing())));
        for (Scope scope : scopes) {
            for (long window = WindowSize.MINUTE.startOf(START); window < end; window += MINUTE) {
                check(scope, window);
            }
        }
        Totals all = told.windows.entrySet().stream()
                .filter(each -> each.getKey().startsWith("cluster/"))
                .map(Map.Entry::getValue)
                .reduce(Totals.NONE, Totals::followedBy);
        assertThat(all.incidents().opened()).isEqualTo(happened.getOrDefault("opened", 0L));
        assertThat(all.incidents().openedByBlocker().of("db")).isEqualTo(happened.getOrDefault("opened", 0L));
        assertThat(all.incidents().closed()).isEqualTo(happened.getOrDefault("closed", 0L));
        assertThat(all.incidents().length().count()).isEqualTo(all.incidents().recovered());
        assertThat(all.incidents().recoveryMillis()).isEqualTo(happened.getOrDefault("recovery", 0L));
        assertThat(all.restarts()).isEqualTo(happened.getOrDefault("restarts", 0L));
    }

    private void check(Scope scope, long window) {
        Totals totals = told.windows.getOrDefault(ToldWindows.key(scope, Instant.ofEpochMilli(window)), Totals.NONE);
        long[] millis = new long[Health.values().length];
        long[] atEnd = new long[Health.values().length];
        long kindMillis = 0;
        Members members = Members.NONE;
        for (Stay stay : history) {
            if (!scopes(stay.tenant(), stay.standing()).contains(scope)) {
                continue;
            }
            Health health = stay.seen() ? stay.standing().health() : Health.BLIND;
            long length = Math.max(0, Math.min(stay.to(), window + MINUTE) - Math.max(stay.from(), window));
            millis[health.ordinal()] += length;
            kindMillis +=
                    stay.seen() ? length * stay.standing().notReadyByKind().getOrDefault("Deployment.apps", 0) : 0;
            if (stay.from() < window + MINUTE && stay.to() >= window + MINUTE) {
                atEnd[health.ordinal()]++;
                members = stay.seen() && health.isUnhealthy() ? members.beside(member(stay)) : members;
            }
        }
        assertThat(totals.population().time()).as(scope + " " + window).isEqualTo(ByHealth.of(millis));
        assertThat(totals.population().atEnd()).isEqualTo(ByHealth.of(atEnd));
        assertThat(totals.members()).isEqualTo(members);
        assertThat(totals.notReadyByKind()
                        .getOrDefault("Deployment.apps", KindLoad.NONE)
                        .millis())
                .isEqualTo(kindMillis);
        TreeMap<String, Long> turns = new TreeMap<>();
        turned.stream()
                .filter(each -> each.scopes().contains(scope) && each.at() >= window && each.at() < window + MINUTE)
                .forEach(each -> turns.merge(each.turn(), 1L, Long::sum));
        assertThat(totals.population().turns()).isEqualTo(turns);
        assertThat(totals.population().atEnd().total())
                .isEqualTo(totals.population().atStart().total()
                        + totals.population().added().total()
                        - totals.population().removed().total());
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
                        : TopCounts.of(Members.generation(stay.tenant().namespace(), "web", broke), 1),
                since(standing),
                since(standing));
    }

    /** The last generation that its template changed to, at an instant until which it was not unhealthy, since it was healthy. */
    private @Nullable Long brokeIt(Stay stay) {
        List<Stay> life = history.stream()
                .filter(each -> each.tenant().equals(stay.tenant()) && each.life() == stay.life())
                .toList();
        for (int i = life.indexOf(stay); i > 0 && life.get(i).standing().health() != Health.HEALTHY; i--) {
            Standing before = life.get(i - 1).standing();
            Long generation = life.get(i).standing().templateGeneration();
            if (!before.health().isUnhealthy() && !Objects.equals(before.templateGeneration(), generation)) {
                return generation;
            }
        }
        return null;
    }
}
