package io.tenantpulse.trends;

import io.tenantpulse.model.TenantId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A random fleet, told to a census, and its raw history: tenants come, go, turn, change their registry and template, go out
 * of sight by kind; incidents, restarts and times happen; now and then nobody looks for a long time.
 */
final class CensusHistory {
    static final String CLUSTER = "c";
    static final long START = Instant.parse("2026-03-01T10:00:20Z").toEpochMilli();
    static final long MINUTE = 60_000;

    private static final String[] KINDS = {"Tenant", "LynqNode"};

    /** A tenant was so from then to then, not including it; {@code life} tells one of that name from a later one. */
    record Stay(TenantId tenant, int life, Standing standing, boolean seen, long from, long to) {
        Health health() {
            return seen ? standing.health() : Health.BLIND;
        }
    }

    /** Something that a scope counts once, by name. */
    record Once(Scope scope, String what, long at) {}

    /** A duration of some name in a scope. */
    record Took(Scope scope, String what, long millis, long at) {}

    /** Nobody looked from one watermark to the next. */
    record Unseen(long from, long to) {
        boolean holds(long window) {
            return window > from - from % MINUTE && window < to - to % MINUTE;
        }
    }

    private final Random random;
    private final boolean restarts;
    private final MapCensusMemory memory = new MapCensusMemory();
    final ToldWindows told = new ToldWindows();
    private Census census = new Census(memory, told);
    private final Map<TenantId, Standing> now = new TreeMap<>();
    private final Map<TenantId, Long> since = new HashMap<>();
    private final Map<TenantId, Integer> lives = new HashMap<>();
    private final TreeSet<String> hidden = new TreeSet<>();
    final List<Stay> history = new ArrayList<>();
    final List<Once> once = new ArrayList<>();
    final List<Took> took = new ArrayList<>();
    final List<Unseen> unseen = new ArrayList<>();
    long watermark = START;

    CensusHistory(long seed, boolean restarts) {
        this.random = new Random(seed);
        this.restarts = restarts;
    }

    CensusHistory run() {
        long at = START;
        census.hears(CLUSTER, Instant.ofEpochMilli(at));
        for (int i = 0; i < 400; i++) {
            at += random.nextInt(4) == 0 ? 0 : random.nextInt(random.nextInt(20) == 0 ? 200_000 : 15_000);
            at += random.nextInt(100) == 0 ? random.nextInt(3 * 3_600_000) : 0;
            step(at);
            boolean here = random.nextInt(5) == 0;
            if (here && restarts) {
                census.flush();
                census = new Census(memory, told);
            }
        }
        reach(at + MINUTE);
        for (TenantId tenant : List.copyOf(now.keySet())) {
            leave(tenant, Long.MAX_VALUE);
        }
        return this;
    }

    private void step(long at) {
        switch (random.nextInt(14)) {
            case 0, 1 -> reach(at);
            case 2 -> see(KINDS[random.nextInt(2)], at);
            case 3 -> incident(at);
            case 4 -> time(at);
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
        counts(tenant, before, after, at);
    }

    private void counts(TenantId tenant, @Nullable Standing before, @Nullable Standing after, long at) {
        Set<Scope> left = new HashSet<>(before == null ? List.of() : scopes(tenant, before));
        Set<Scope> come = new HashSet<>(after == null ? List.of() : scopes(tenant, after));
        Health was = before == null || isHidden(tenant) ? Health.BLIND : before.health();
        Health is = after == null || isHidden(tenant) ? Health.BLIND : after.health();
        for (Scope scope : left) {
            if (!come.contains(scope)) {
                once.add(new Once(scope, "removed " + was, at));
            } else if (was != is) {
                once.add(new Once(scope, Population.turn(was, is), at));
            }
        }
        come.stream()
                .filter(scope -> !left.contains(scope))
                .forEach(scope -> once.add(new Once(scope, "added " + is, at)));
    }

    private Standing standing(@Nullable Standing before, long at) {
        Health health = Health.values()[random.nextInt(Health.values().length)];
        TreeMap<String, Integer> kinds = new TreeMap<>();
        if (health == Health.MISMATCHED) {
            kinds.put(random.nextBoolean() ? "Deployment.apps" : "Job.batch", 1 + random.nextInt(3));
        }
        boolean unhealthy = health.isUnhealthy();
        Instant began =
                before != null && before.unhealthySince() != null ? before.unhealthySince() : Instant.ofEpochMilli(at);
        boolean stays = random.nextInt(8) > 0;
        String registry = random.nextInt(3) == 0 ? "" : "r" + random.nextInt(2);
        String template = random.nextInt(3) == 0 ? "" : "web" + random.nextInt(2);
        if (before != null && stays) {
            registry = before.registry();
            template = before.template();
        }
        long generation = before == null || random.nextInt(3) == 0
                ? random.nextInt(3)
                : Objects.requireNonNull(before.templateGeneration());
        boolean other = before == null || !before.template().equals(template);
        return new Standing(
                health,
                registry,
                template,
                generation,
                kinds,
                unhealthy ? began : null,
                unhealthy && random.nextBoolean() ? "ImagePull image" + random.nextInt(2) : null,
                null,
                null,
                false,
                false,
                other || health == Health.HEALTHY ? null : rolledOut(before, generation));
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
                    scopes(tenant, standing).forEach(scope -> once.add(new Once(scope, Population.turn(from, to), at)));
                }
            }
        }
        if (!hidden.remove(name)) {
            hidden.add(name);
        }
    }

    /** Of a tenant that is there, at an instant at which it was: maybe one whose window is closed. */
    private void incident(long at) {
        TenantId tenant = any();
        if (tenant == null) {
            return;
        }
        Standing standing = now.get(tenant);
        Group group = Group.of(tenant, standing.registry(), standing.template());
        long when = Math.max(at - random.nextInt(120_000), since.get(tenant));
        String cause = random.nextBoolean() ? "ImagePull" : null;
        String blocker = random.nextBoolean() ? "db" : null;
        String named = (cause == null ? "Unknown" : cause) + ' ' + blocker;
        Duration recovery = random.nextBoolean() ? null : Duration.ofMillis(at % 100_000);
        boolean opens = random.nextBoolean();
        census.happens(
                group,
                opens ? Counted.opened(cause, blocker) : Counted.ended(cause, blocker, recovery),
                Instant.ofEpochMilli(when));
        census.happens(group, Counted.restarts(2), Instant.ofEpochMilli(at));
        for (Scope scope : scopes(tenant, standing)) {
            once.add(new Once(scope, (opens ? "opened " : "closed ") + named, counted(when)));
            once.add(new Once(scope, "restarts", at));
            if (!opens && recovery != null) {
                took.add(new Took(scope, "recovery", recovery.toMillis(), counted(when)));
            }
        }
    }

    private void time(long at) {
        TenantId tenant = any();
        if (tenant == null) {
            return;
        }
        Standing standing = now.get(tenant);
        long millis = random.nextInt(2_000_000);
        String id = "r" + random.nextInt(2);
        census.ready(tenant, standing, Duration.ofMillis(millis), Instant.ofEpochMilli(at));
        census.happens(
                Group.of(tenant, standing.registry(), standing.template()),
                Counted.resourceReady(id, Duration.ofMillis(millis), Duration.ofSeconds(600)),
                Instant.ofEpochMilli(at));
        for (Scope scope : scopes(tenant, standing)) {
            took.add(new Took(scope, "tenant", millis, at));
            if (scope.level() == Scope.Level.TEMPLATE) {
                took.add(new Took(scope, "resource " + id, millis, at));
            }
        }
    }

    private @Nullable TenantId any() {
        List<TenantId> all = List.copyOf(now.keySet());
        return all.isEmpty() ? null : all.get(random.nextInt(all.size()));
    }

    /** What lies in a window that is closed is counted in the oldest that is open. */
    private long counted(long at) {
        return Math.max(at, watermark - watermark % MINUTE);
    }

    private void reach(long at) {
        if (at - watermark > Hole.LONG.toMillis()) {
            unseen.add(new Unseen(watermark, at));
        }
        watermark = at;
        census.reach(CLUSTER, Instant.ofEpochMilli(at));
    }

    static List<Scope> scopes(TenantId tenant, Standing standing) {
        return Group.of(tenant, standing.registry(), standing.template()).scopes();
    }
}
