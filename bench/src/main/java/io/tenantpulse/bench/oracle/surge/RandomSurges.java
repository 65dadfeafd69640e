package io.tenantpulse.bench.oracle.surge;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;

/**
 * Random histories of one cluster's minutes: of itself, a registry and some templates, of which some begin later, go and come
 * back. Minutes are not told, told late in order, told twice and corrected; the judge is restarted in between.
 */
public final class RandomSurges {
    private static final Instant MIDNIGHT = Instant.parse("2026-01-01T00:00:00Z");
    private static final String CLUSTER = "cluster/c1";
    private static final String REGISTRY = "registry/c1/shop/r1";
    private static final int TOLD_AGAIN = 12;

    private final Random random;
    private final Map<String, RandomPart> parts = new LinkedHashMap<>();
    private final Map<String, SurgeSetting> own = new HashMap<>();
    private final SurgeSetting setting;
    private final List<Round> rounds = new ArrayList<>();

    /** Scopes that were told with tenants and have some since. */
    private final Set<String> alive = new HashSet<>();

    private final List<List<Minute>> late = new ArrayList<>();
    private final List<List<Minute>> lately = new ArrayList<>();
    private Instant start;
    private int silentFor;
    private boolean isTold;
    private boolean isToldLater;

    private RandomSurges(long seed) {
        random = new Random(seed * 7919 + 13);
        setting = RandomSettings.of(random);
        start = MIDNIGHT.plus(Duration.ofMinutes(random.nextInt(60)));
    }

    public static SurgeHistory of(long seed) {
        RandomSurges history = new RandomSurges(seed);
        history.populate();
        int minutes = 60 + history.random.nextInt(RandomSettings.one(List.of(90, 240, 500), history.random));
        for (int i = 0; i < minutes; i++) {
            history.next();
        }
        return new SurgeHistory(seed, history.setting, history.own, history.rounds);
    }

    private void populate() {
        int templates = 1 + random.nextInt(3);
        for (int i = 0; i < templates; i++) {
            String scope = "template/c1/shop/t" + i;
            if (random.nextInt(3) == 0) {
                own.put(scope, RandomSettings.of(random));
            }
            int bornAfter = random.nextBoolean() ? 0 : random.nextInt(120);
            parts.put(scope, new RandomPart(own.getOrDefault(scope, setting), bornAfter, random));
        }
        if (random.nextInt(3) > 0) {
            parts.put("", new RandomPart(setting, 0, random));
        }
    }

    private boolean chance(int permille) {
        return random.nextInt(1000) < permille;
    }

    private void next() {
        List<Minute> minutes = minutes(0, chance(6));
        start = start.plus(Minute.LENGTH);
        if (silentFor == 0 && chance(12)) {
            silentFor = silence();
            isTold = random.nextBoolean();
            isToldLater = isTold && random.nextBoolean();
        }
        if (silentFor > 0) {
            silentFor--;
            beSilent(minutes);
            return;
        }
        if (chance(700)) {
            late.forEach(this::tell);
            tell(minutes);
        } else {
            tell(minutes);
            late.forEach(this::tellTooLate);
        }
        late.clear();
        if (!lately.isEmpty() && chance(40)) {
            tellAgain();
        }
    }

    private int silence() {
        int most = RandomSettings.one(List.of(3, 3, 8, 40, 100), random);
        return 1 + random.nextInt(chance(100) ? (int) setting.baseline().toMinutes() + 60 : most);
    }

    /** What a cluster's scopes tell, itself first. */
    private List<Minute> minutes(int revision, boolean isBlind) {
        Counts cluster = Counts.NONE;
        Counts registry = Counts.NONE;
        TreeMap<String, Counts> templates = new TreeMap<>();
        for (Map.Entry<String, RandomPart> part : parts.entrySet()) {
            Counts now = part.getValue().next(start.plus(Minute.LENGTH));
            now = isBlind ? now.unseen() : now;
            cluster = cluster.plus(now);
            if (!part.getKey().isEmpty()) {
                templates.put(part.getKey(), now);
                registry = part.getKey().endsWith("2") ? registry : registry.plus(now);
            }
        }
        List<Minute> all = new ArrayList<>();
        all.add(new Minute(CLUSTER, start, revision, false, cluster));
        all.add(new Minute(REGISTRY, start, revision, false, registry));
        templates.forEach((scope, counts) -> all.add(new Minute(scope, start, revision, false, counts)));
        return all;
    }

    private void beSilent(List<Minute> minutes) {
        if (isTold) {
            List<Minute> silent = minutes.stream()
                    .map(each -> new Minute(
                            each.scope(), each.start(), 0, true, each.counts().unseen()))
                    .toList();
            tell(silent);
        }
        if (isToldLater) {
            late.add(minutes.stream()
                    .map(each -> new Minute(each.scope(), each.start(), 1, false, each.counts()))
                    .toList());
        }
    }

    /** A scope that has no tenants is told so once, or a few times more. */
    private void tell(List<Minute> minutes) {
        List<Minute> told = new ArrayList<>();
        for (Minute each : minutes) {
            boolean hasTenants = each.counts().all() > 0;
            if (hasTenants || alive.contains(each.scope()) || chance(100)) {
                told.add(each);
            }
            if (!each.isSilent() && hasTenants) {
                alive.add(each.scope());
            } else if (!each.isSilent() && alive.remove(each.scope())) {
                lately.replaceAll(old -> without(old, each.scope()));
            }
        }
        lately.add(told.stream().filter(each -> alive.contains(each.scope())).toList());
        if (lately.size() > TOLD_AGAIN) {
            lately.remove(0);
        }
        rounds.add(new Round(told, chance(15)));
    }

    private void tellTooLate(List<Minute> minutes) {
        List<Minute> told =
                minutes.stream().filter(each -> alive.contains(each.scope())).toList();
        rounds.add(new Round(told, false));
    }

    private static List<Minute> without(List<Minute> minutes, String scope) {
        return minutes.stream().filter(each -> !each.scope().equals(scope)).toList();
    }

    /** As it was, or with other numbers: what was told of another minute, or that nobody is left. */
    private void tellAgain() {
        List<Minute> old = RandomSettings.one(lately, random);
        boolean isSame = random.nextBoolean();
        List<Minute> again = new ArrayList<>();
        for (Minute each : old) {
            Counts counts = isSame ? each.counts() : other(each);
            again.add(new Minute(each.scope(), each.start(), each.revision() + 1, each.isSilent(), counts));
        }
        rounds.add(new Round(again, false));
    }

    private Counts other(Minute minute) {
        boolean isNewest = minute.end().equals(start);
        List<Counts> choice = new ArrayList<>();
        lately.stream()
                .flatMap(List::stream)
                .filter(each -> each.scope().equals(minute.scope()))
                .forEach(each -> choice.add(each.counts()));
        return !isNewest && chance(200) ? Counts.NONE : RandomSettings.one(choice, random);
    }
}
