package io.tenantpulse.bench.oracle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tenantpulse.topology.OracleRig;
import io.tenantpulse.v1.TenantObserved;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The literal rules fire and end when those of a real Prometheus do, that samples the same tenants once a second. What comes
 * and goes between two samples Prometheus cannot see: there, and only there, the two may differ, and there they must agree
 * on the history as it was sampled.
 */
class PromtoolTest {
    private static final int HISTORIES = 4;

    /** Seconds; a longer one would ask promtool for more samples than it allows. */
    private static final int WINDOW = 300;

    /** The conditions and holds of domain/OPERATOR.md in PromQL. */
    private static final String RULES = """
            groups:
              - name: tenants
                rules:
                  - alert: TenantResourcesMismatch
                    expr: (tenant_resources_ready != tenant_resources_desired) and (tenant_resources_desired > 0) and (tenant_resources_failed == 0)
                    for: 15m
                  - alert: TenantResourcesFailed
                    expr: tenant_resources_failed > 0
                    for: 5m
                  - alert: TenantNotReady
                    expr: tenant_condition_status{type="Ready"} == 0
                    for: 15m
                  - alert: TenantStatusUnknown
                    expr: tenant_condition_status{type="Ready"} == 2
                    for: 10m
                  - alert: TenantDegraded
                    expr: tenant_degraded_status == 1
                    for: 5m
                  - alert: TenantResourcesConflicted
                    expr: tenant_condition_status{type="Conflicted"} == 1
                    for: 10m
            """;

    @TempDir
    static Path folder;

    @BeforeAll
    static void needsPromtool() throws Exception {
        boolean there;
        try {
            there = run("promtool", "--version") == 0;
        } catch (IOException e) {
            there = false;
        }
        if ("1".equals(System.getenv("REQUIRE_PROMTOOL"))) {
            assertThat(there)
                    .as("promtool must be there: install the Debian package prometheus")
                    .isTrue();
        }
        assumeTrue(there, "no promtool here: the Debian package prometheus has it");
    }

    @Test
    void firesAndEndsWithPrometheus() throws Exception {
        StringBuilder tests = new StringBuilder("rule_files: [rules.yaml]\nevaluation_interval: 1s\ntests:\n");
        int intervals = 0;
        for (long seed = 0; seed < HISTORIES; seed++) {
            History history = RandomHistories.of(seed, Profile.seenThroughout(new Random(seed)));
            History sampled = Sampling.of(history);
            List<Firing> seen = firings(sampled);
            intervals += seen.size();
            tests.append(test(history, seen));
            differOnlyBetweenSamples(history, firings(history), seen);
        }

        assertThat(intervals).isGreaterThan(10);
        Files.writeString(folder.resolve("rules.yaml"), RULES);
        Files.writeString(folder.resolve("tests.yaml"), tests);
        assertThat(run("promtool", "test", "rules", folder.resolve("tests.yaml").toString()))
                .as(
                        "promtool: %s",
                        Files.readString(folder.resolve("said"))
                                .lines()
                                .limit(40)
                                .toList())
                .isZero();
    }

    /** A wrong end, start or number must be noticed by promtool too, or the test above could not fail. */
    @Test
    void promtoolNoticesASecond() throws Exception {
        History history = RandomHistories.of(1, Profile.seenThroughout(new Random(1)));
        List<Firing> seen = firings(Sampling.of(history));
        Firing first = seen.get(0);
        seen.set(0, new Firing(first.labels(), first.from() + 1, first.to() + 1));
        Files.writeString(folder.resolve("rules.yaml"), RULES);
        Files.writeString(
                folder.resolve("wrong.yaml"),
                "rule_files: [rules.yaml]\nevaluation_interval: 1s\ntests:\n" + test(history, seen));

        assertThat(run("promtool", "test", "rules", folder.resolve("wrong.yaml").toString()))
                .isNotZero();
    }

    /**
     * An alert that fires, in whole seconds since the history began.
     *
     * @param labels as PromQL has them
     * @param to exclusive
     */
    private record Firing(String labels, int from, int to) {}

    private static List<Firing> firings(History history) {
        Map<String, String> uids = new HashMap<>();
        Instant begin = PromSeries.begin(history);
        Instant end = history.log().get(history.log().size() - 1).observedAt();
        List<Firing> all = new ArrayList<>();
        Map<String, Integer> open = new TreeMap<>();
        try (Subject subject = new OracleRig(history.rules())) {
            int told = 0;
            for (LogEntry entry : history.log()) {
                subject.take(entry);
                List<Said> said = subject.said();
                for (Said each : said.subList(told, said.size())) {
                    if (!RULES.contains("alert: " + each.alert() + '\n')) {
                        continue;
                    }
                    String labels = labels(each, uids.get(each.scope()));
                    if (each.status() == Said.Status.FIRING) {
                        open.put(labels, seconds(begin, each.at()));
                    } else {
                        all.add(new Firing(labels, open.remove(labels), seconds(begin, each.at())));
                    }
                }
                told = said.size();
                if (entry.value() instanceof TenantObserved tenant) {
                    uids.put(key(tenant), tenant.getUid());
                }
            }
        }
        open.forEach((labels, from) -> all.add(new Firing(labels, from, seconds(begin, end) + 1)));
        all.removeIf(each -> each.from() == each.to());
        return all;
    }

    private static String key(TenantObserved tenant) {
        return String.join("/", tenant.getCluster(), tenant.getNamespace(), tenant.getKind(), tenant.getName());
    }

    private static String labels(Said said, String uid) {
        String type = switch (said.alert()) {
            case "TenantNotReady", "TenantStatusUnknown" -> ",type=\"Ready\"";
            case "TenantResourcesConflicted" -> ",type=\"Conflicted\"";
            case "TenantDegraded" -> ",reason=\"" + said.label() + "\"";
            default -> "";
        };
        return "alertname=\"" + said.alert() + "\",alertstate=\"firing\",uid=\"" + uid + "\"" + type;
    }

    private static int seconds(Instant begin, Instant at) {
        return Math.toIntExact(-Math.floorDiv(-Duration.between(begin, at).toMillis(), 1000L));
    }

    /** What fires at each start and end, one second before, and for how long between. */
    private static String test(History history, List<Firing> firings) {
        PromSeries series = new PromSeries(history);
        StringBuilder text = new StringBuilder("  - interval: 1s\n    input_series:\n");
        series.lines().forEach(line -> text.append(line).append('\n'));
        text.append("    promql_expr_test:\n");
        TreeSet<Integer> moments = new TreeSet<>();
        int last = series.seconds() - 1;
        for (Firing each : firings) {
            for (int second : new int[] {each.from() - 1, each.from(), each.to() - 1, each.to()}) {
                moments.add(Math.max(0, Math.min(last, second)));
            }
        }
        for (int second : moments) {
            Map<String, Integer> now = new TreeMap<>();
            for (Firing each : firings) {
                if (each.from() <= second && second < each.to()) {
                    now.put("ALERTS{" + each.labels() + "}", 1);
                }
            }
            text.append(expected("ALERTS{alertstate=\"firing\"}", second, now));
        }
        for (int second = WINDOW - 1; second <= last; second += WINDOW) {
            text.append(expected(
                    "count_over_time(ALERTS{alertstate=\"firing\"}[" + (WINDOW - 1) + "s])",
                    second,
                    counts(firings, second)));
        }
        return text.toString();
    }

    /** How many seconds of a window each alert fires, which tells what lies between the moments that are looked at. */
    private static Map<String, Integer> counts(List<Firing> firings, int last) {
        Map<String, Integer> counts = new TreeMap<>();
        for (Firing each : firings) {
            int length = Math.min(each.to(), last + 1) - Math.max(each.from(), last + 1 - WINDOW);
            if (length > 0) {
                counts.merge("{" + each.labels() + "}", length, Integer::sum);
            }
        }
        return counts;
    }

    private static String expected(String expression, int second, Map<String, Integer> samples) {
        StringBuilder text = new StringBuilder();
        text.append("      - expr: '")
                .append(expression)
                .append("'\n        eval_time: ")
                .append(second)
                .append("s\n");
        if (!samples.isEmpty()) {
            text.append("        exp_samples:\n");
            samples.forEach((labels, value) -> text.append("          - labels: '")
                    .append(labels)
                    .append("'\n            value: ")
                    .append(value)
                    .append('\n'));
        }
        return text.toString();
    }

    /** Where the detector says something else of what happened than of what was sampled, something came and went between two samples. */
    private static void differOnlyBetweenSamples(History history, List<Firing> happened, List<Firing> sampled) {
        TreeSet<String> different = new TreeSet<>();
        happened.stream().filter(each -> !sampled.contains(each)).forEach(each -> different.add(each.labels()));
        sampled.stream().filter(each -> !happened.contains(each)).forEach(each -> different.add(each.labels()));
        for (String labels : different) {
            assertThat(Sampling.uidsWithHiddenLooks(history))
                    .as("differs, but nothing of it lies between two samples: %s", labels)
                    .anyMatch(uid -> labels.contains("uid=\"" + uid + "\""));
        }
    }

    private static int run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("said").toFile())
                .start();
        try {
            assertThat(process.waitFor(120, TimeUnit.SECONDS))
                    .as("promtool ends")
                    .isTrue();
            return process.exitValue();
        } finally {
            process.destroyForcibly();
        }
    }
}
