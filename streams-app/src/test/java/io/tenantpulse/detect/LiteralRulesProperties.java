package io.tenantpulse.detect;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantpulse.model.Counts;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.jspecify.annotations.Nullable;

/**
 * Random histories against a brute-force evaluator that is written the other way round: it samples every second instead of
 * keeping clocks.
 */
class LiteralRulesProperties {
    private static final int SECONDS = 3 * 3600;

    private record Look(@Nullable Counts counts, String ready, String degraded, boolean conflicted, String uid) {}

    /** What a tenant looks like from each second at which something changed; a missing value: deleted. */
    private static TreeMap<Integer, Look> history(Random random) {
        TreeMap<Integer, Look> looks = new TreeMap<>();
        int second = random.nextInt(60);
        int generation = 1;
        while (second < SECONDS) {
            boolean exists = random.nextInt(12) > 0;
            generation += exists ? 0 : 1;
            looks.put(second, exists ? look(random, "u" + generation) : null);
            second += switch (random.nextInt(4)) {
                case 0 -> 1 + random.nextInt(3);
                case 1 -> 300 * (1 + random.nextInt(4));
                case 2 -> 899 + random.nextInt(3);
                default -> 1 + random.nextInt(1500);
            };
        }
        return looks;
    }

    private static Look look(Random random, String uid) {
        Counts counts = random.nextInt(6) == 0
                ? null
                : new Counts(random.nextInt(3), random.nextInt(3), random.nextInt(5) == 0 ? 1 : 0);
        String ready = List.of("True", "False", "Unknown", "").get(random.nextInt(4));
        String degraded = List.of("", "A", "B").get(random.nextInt(3));
        return new Look(counts, ready, degraded, random.nextInt(3) == 0, uid);
    }

    @Property(tries = 300)
    void everyHistoryGivesTheIntervalsOfTheBruteForce(@ForAll @LongRange(min = 0, max = 1_000_000) long seed) {
        Random random = new Random(seed);
        TreeMap<Integer, Look> history = history(random);

        List<String> said = detect(history, random).stream()
                .filter(line -> !line.startsWith("TenantFlapping ") && !line.contains(" UPDATED "))
                .toList();

        assertThat(said).containsExactlyInAnyOrderElementsOf(bruteForce(history));
    }

    private static List<String> detect(TreeMap<Integer, Look> history, Random random) {
        Story story = new Story();
        story.epoch("00:00", 1).emptyFrame("00:00", Story.TENANT).watermark("00:00");
        String uid = "u1";
        int last = 0;
        for (var entry : history.entrySet()) {
            for (int mark = last + 1; mark < entry.getKey(); mark += 1 + random.nextInt(600)) {
                story.watermark(clock(mark));
            }
            // A deadline that nothing proves before the object goes would depend on the watermarks.
            story.watermark(clock(entry.getKey() - 1));
            Look look = entry.getValue();
            if (random.nextInt(10) == 0) {
                story.restarted();
            }
            if (look == null) {
                story.tenant("t").uid(uid).deleted(clock(entry.getKey()));
            } else {
                uid = look.uid;
                line(story, look).modified(clock(entry.getKey()));
            }
            last = entry.getKey();
        }
        story.watermark(clock(SECONDS));
        return story.transitions.stream()
                .map(said -> said.alert() + said.labels().getOrDefault("reason", "") + " " + said.status() + " "
                        + Story.clock(said.at()))
                .toList();
    }

    private static Story.TenantLine line(Story story, Look look) {
        Story.TenantLine line = story.tenant("t").uid(look.uid);
        Counts counts = look.counts;
        if (counts != null) {
            line.counts(counts.ready(), counts.desired(), counts.failed());
        }
        if (!look.ready.isEmpty()) {
            line.condition("Ready", look.ready, "Whatever", "00:00");
        }
        line.condition("Degraded", look.degraded.isEmpty() ? "False" : "True", look.degraded, "00:00");
        return line.condition("Conflicted", look.conflicted ? "True" : "False", "X", "00:00");
    }

    private static String clock(int second) {
        return "%02d:%02d".formatted(Math.max(0, second) / 60, Math.max(0, second) % 60);
    }

    private record Case(String name, int hold) {}

    private static final List<Case> CASES = List.of(
            new Case("TenantResourcesMismatch", 900),
            new Case("TenantResourcesFailed", 300),
            new Case("TenantNotReady", 900),
            new Case("TenantStatusUnknown", 600),
            new Case("TenantDegradedA", 300),
            new Case("TenantDegradedB", 300),
            new Case("TenantResourcesConflicted", 600));

    private static List<String> bruteForce(TreeMap<Integer, Look> history) {
        List<String> expected = new ArrayList<>();
        for (Case each : CASES) {
            int since = -1;
            boolean fired = false;
            String uid = "";
            for (int second = 0; second <= SECONDS; second++) {
                var entry = history.floorEntry(second);
                Look look = entry == null ? null : entry.getValue();
                boolean holds = look != null && holds(each.name, look);
                boolean another = look != null && !look.uid.equals(uid);
                if (since >= 0 && (!holds || another)) {
                    if (fired) {
                        expected.add(each.name + " RESOLVED " + clock(second));
                    }
                    since = -1;
                    fired = false;
                }
                if (holds && since < 0) {
                    since = second;
                    uid = look.uid;
                }
                if (since >= 0 && !fired && second == since + each.hold) {
                    expected.add(each.name + " FIRING " + clock(second));
                    fired = true;
                }
            }
        }
        return expected;
    }

    private static boolean holds(String name, Look look) {
        Counts counts = look.counts;
        return switch (name) {
            case "TenantResourcesMismatch" ->
                counts != null && counts.failed() == 0 && counts.desired() != 0 && counts.desired() != counts.ready();
            case "TenantResourcesFailed" -> counts != null && counts.failed() != 0;
            case "TenantNotReady" -> "False".equals(look.ready);
            case "TenantStatusUnknown" -> "Unknown".equals(look.ready);
            case "TenantDegradedA" -> "A".equals(look.degraded);
            case "TenantDegradedB" -> "B".equals(look.degraded);
            default -> look.conflicted;
        };
    }

    /** Every incident that opens ends or goes on, and every alert belongs to one that is open. */
    @Property(tries = 100)
    void incidentsOpenOnceAndEndOnce(@ForAll @LongRange(min = 0, max = 1_000_000) long seed) {
        Random random = new Random(seed);
        Story story = new Story();
        story.epoch("00:00", 1).emptyFrame("00:00", Story.TENANT).watermark("00:00");
        String uid = "u1";
        for (var entry : history(random).entrySet()) {
            story.watermark(clock(entry.getKey() - 1));
            if (entry.getValue() == null) {
                story.tenant("t").uid(uid).deleted(clock(entry.getKey()));
            } else {
                uid = entry.getValue().uid;
                line(story, entry.getValue()).modified(clock(entry.getKey()));
            }
        }
        TreeSet<String> open = new TreeSet<>();
        for (IncidentChange change : story.incidents) {
            switch (change.status()) {
                case OPENED -> assertThat(open.add(change.id())).isTrue();
                case UPDATED -> assertThat(open).contains(change.id());
                case ENDED -> {
                    assertThat(open.remove(change.id())).isTrue();
                    assertThat(change.firing()).isEmpty();
                    assertThat(change.endedAt()).isNotNull();
                }
            }
        }
        assertThat(open).hasSizeLessThanOrEqualTo(1);
        Instant end = Story.time(clock(SECONDS));
        assertThat(story.transitions)
                .allMatch(said -> said.incident() != null && !said.at().isAfter(end));
    }
}
