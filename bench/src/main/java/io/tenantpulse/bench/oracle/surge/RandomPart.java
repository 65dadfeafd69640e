package io.tenantpulse.bench.oracle.surge;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;

/**
 * Tenants of one template, or of none that is counted, as they stand minute by minute: calm, then with preference as many ill
 * as some threshold asks, or one less or more.
 */
final class RandomPart {
    private static final List<String> CAUSES =
            List.of("ImagePull a:1", "ImagePull b:2", "CrashLoop", "CrashLoop x", "VolumePending fast");
    private static final List<String> ROLLOUTS = List.of("shop/a@7", "shop/a@8", "shop/b@3");

    private final SurgeSetting setting;
    private final Random random;
    private long tenants;
    private long unknown;
    private long usual;
    private long ill;
    private int illFor;
    private long drift;
    private long blind;
    private int blindFor;
    private int goneFor;
    private Causes causes = new Causes(0, 0, "CrashLoop", "CrashLoop");

    /** How well the causes are known: so many of ten are diagnosed, and of these about so many are of the first cause. */
    private record Causes(int diagnosed, int first, String one, String other) {}

    /** @param bornAfter so many minutes */
    RandomPart(SurgeSetting setting, int bornAfter, Random random) {
        this.setting = setting;
        this.random = random;
        this.goneFor = bornAfter;
        resize();
        usual = random.nextInt(3) == 0 ? tenants * random.nextInt(25) / 100 : 0;
    }

    private boolean chance(int permille) {
        return random.nextInt(1000) < permille;
    }

    private void resize() {
        tenants = RandomSettings.one(List.of(5L, 10L, 15L, 20L, 30L, 100L, 100L, 140L, 300L), random);
        unknown = random.nextInt(4) == 0 ? random.nextInt(4) : 0;
    }

    /** How it stands a minute later. */
    Counts next(Instant end) {
        if (goneFor > 0) {
            goneFor--;
            return Counts.NONE;
        }
        if (chance(3)) {
            goneFor = 1 + random.nextInt(40);
        }
        if (chance(5)) {
            resize();
        }
        ill += drift;
        if (illFor-- <= 0) {
            turn();
        }
        if (blindFor-- <= 0) {
            blind = 0;
            if (chance(25)) {
                blindFor = random.nextInt(12);
                blind = random.nextBoolean() ? tenants : 1 + random.nextInt((int) tenants);
            }
        }
        return counts(end);
    }

    private void turn() {
        illFor = random.nextInt(RandomSettings.one(List.of(3, 6, 20, 60), random));
        ill = random.nextInt(5) < 2 ? usual : edge();
        drift = RandomSettings.one(List.of(0L, 0L, 0L, 0L, 0L, -1L, 1L, 2L), random);
        if (random.nextBoolean()) {
            causes = new Causes(
                    RandomSettings.one(List.of(0, 4, 5, 6, 10, 10), random),
                    random.nextInt(4),
                    RandomSettings.one(CAUSES, random),
                    RandomSettings.one(CAUSES, random));
        }
    }

    private long edge() {
        BigDecimal judged = BigDecimal.valueOf(tenants - unknown);
        BigDecimal share = setting.share().multiply(judged);
        BigDecimal number = BigDecimal.valueOf(setting.tenants());
        BigDecimal often = setting.factor().multiply(BigDecimal.valueOf(usual));
        BigDecimal edge = RandomSettings.one(
                List.of(
                        number,
                        share,
                        often,
                        share.max(number),
                        often.max(share).max(number),
                        number.multiply(setting.clear()),
                        share.max(often).multiply(setting.clear()),
                        judged),
                random);
        long exact = edge.setScale(0, RoundingMode.CEILING).longValueExact();
        return exact + RandomSettings.one(List.of(-1, 0, 0, 0, 1), random);
    }

    private Counts counts(Instant end) {
        long unseen = Math.min(blind, tenants);
        long notKnown = Math.min(unknown, tenants - unseen);
        long judged = tenants - unseen - notKnown;
        long unhealthy = Math.max(0, Math.min(ill, judged));
        long diagnosed = (unhealthy * causes.diagnosed + 5) / 10;
        long first = most(diagnosed);
        long named = (diagnosed - first) / 2;
        TreeMap<String, Long> byCause = new TreeMap<>();
        add(byCause, causes.one, first);
        add(byCause, causes.other, named);
        TreeMap<String, Long> rollouts = new TreeMap<>();
        long rolled = most(unhealthy);
        add(rollouts, RandomSettings.one(ROLLOUTS, random), rolled);
        add(rollouts, RandomSettings.one(ROLLOUTS, random), unhealthy - rolled);
        return new Counts(
                judged - unhealthy,
                unhealthy,
                notKnown,
                unseen,
                byCause,
                diagnosed - first - named,
                rollouts,
                unhealthy == 0 ? null : end.minusSeconds(600 + random.nextInt(60)),
                unhealthy == 0 ? null : end.minusSeconds(random.nextInt(60)));
    }

    /** As many as dominate, or one less, or about half, or all. */
    private long most(long all) {
        long dominant = setting.dominant()
                .multiply(BigDecimal.valueOf(all))
                .setScale(0, RoundingMode.CEILING)
                .longValueExact();
        long chosen = RandomSettings.one(List.of(dominant, dominant - 1, all / 2, all), random);
        return Math.max(0, causes.first == 0 ? dominant : chosen);
    }

    private static void add(TreeMap<String, Long> counts, String what, long count) {
        if (count > 0) {
            counts.merge(what, count, Long::sum);
        }
    }
}
