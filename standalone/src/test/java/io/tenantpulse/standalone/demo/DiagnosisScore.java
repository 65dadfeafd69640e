package io.tenantpulse.standalone.demo;

import io.tenantpulse.v1.AlertStatus;
import io.tenantpulse.v1.AlertTransition;
import io.tenantpulse.v1.Cause;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Compares what alerts said of a demo's tenants with the truth. For each trouble and each alert that fired in it, the last
 * that was said while both lasted counts; where the trouble is new, it has some time to show.
 */
final class DiagnosisScore {
    /** Trouble and its first signs are not one: pods end, pulls are tried, operators come round. */
    private static final Duration SHOWS_WITHIN = Duration.ofMinutes(2);

    private static final Duration JUST_NOW = Duration.ofSeconds(15);
    private static final Duration FLAPPING_WINDOW = Duration.ofHours(1);
    /** A tenant in trouble so long has an alert: the slowest rule holds 15 minutes. */
    private static final Duration ALERTS_WITHIN = Duration.ofMinutes(17);

    /** What was said last of one trouble by one alert. */
    record Verdict(
            String cause,
            boolean causeRight,
            boolean blockersRight,
            @Nullable Boolean waitingRight,
            String text) {}

    private record Identity(String alert, DemoHistory.Name tenant, String reason) {}

    /** From firing to resolved. */
    private record Episode(Identity identity, List<AlertTransition> said, Instant end) {
        Instant begin() {
            return said.get(0).getAt();
        }
    }

    final List<Verdict> verdicts = new ArrayList<>();
    /** Alerts that fired while nothing was wrong, nor had been. */
    final List<String> falseAlerts = new ArrayList<>();
    /** Troubles that no alert told of. */
    final List<String> missed = new ArrayList<>();

    private final DemoHistory history;

    private DiagnosisScore(DemoHistory history) {
        this.history = history;
    }

    static DiagnosisScore of(DemoHistory history) {
        DiagnosisScore score = new DiagnosisScore(history);
        Map<DemoHistory.Name, List<Episode>> episodes = score.episodes();
        history.spans.forEach((name, spans) -> spans.stream()
                .filter(DemoHistory.Span::isTrouble)
                .forEach(span -> score.judge(span, episodes.getOrDefault(name, List.of()))));
        episodes.values().forEach(each -> each.forEach(score::judgeAlert));
        return score;
    }

    private Map<DemoHistory.Name, List<Episode>> episodes() {
        Map<DemoHistory.Name, List<Episode>> found = new LinkedHashMap<>();
        Map<Identity, List<AlertTransition>> firing = new HashMap<>();
        for (AlertTransition each : history.transitions) {
            if (each.getTenant() == null) {
                continue;
            }
            DemoHistory.Name name = new DemoHistory.Name(each.getCluster(), each.getNamespace(), each.getTenant());
            Identity identity =
                    new Identity(each.getAlert(), name, each.getLabels().getOrDefault("reason", ""));
            if (each.getStatus() == AlertStatus.RESOLVED) {
                found.computeIfAbsent(name, any -> new ArrayList<>())
                        .add(new Episode(identity, firing.remove(identity), each.getAt()));
            } else {
                firing.computeIfAbsent(identity, any -> new ArrayList<>()).add(each);
            }
        }
        firing.forEach((identity, said) -> found.computeIfAbsent(identity.tenant(), any -> new ArrayList<>())
                .add(new Episode(identity, said, Instant.MAX)));
        return found;
    }

    private void judge(DemoHistory.Span span, List<Episode> episodes) {
        boolean told = false;
        for (Episode episode : episodes) {
            Instant end = episode.end().isBefore(span.to()) ? episode.end() : span.to();
            if (episode.begin().isAfter(end) || end.isBefore(span.from())) {
                continue;
            }
            told = true;
            AlertTransition last = episode.said().stream()
                    .filter(each -> !each.getAt().isAfter(end))
                    .reduce((one, other) -> other)
                    .orElseThrow();
            boolean nothingIsWrongNow = episode.identity().alert().equals("TenantFlapping")
                    && last.getCauses().isEmpty();
            if (!nothingIsWrongNow && !end.isBefore(span.from().plus(SHOWS_WITHIN))) {
                verdicts.add(verdict(span, last));
            }
        }
        boolean lasting = span.truth().roots().stream().anyMatch(Affliction::lasting);
        if (!told && lasting && span.length().compareTo(ALERTS_WITHIN) >= 0) {
            missed.add(text(span));
        }
    }

    private static Verdict verdict(DemoHistory.Span span, AlertTransition said) {
        Truth truth = span.truthAt(said.getAt());
        Cause leading = said.getCauses().isEmpty() ? null : said.getCauses().get(0);
        boolean causeRight = leading != null
                && truth.roots().stream()
                        .anyMatch(root -> root.cause().equals(leading.getCause())
                                && (root.resource().isEmpty()
                                        || leading.getResources().contains(root.resource())
                                        || leading.getResources().isEmpty()));
        Set<String> waiting = said.getCauses().stream()
                .filter(each -> each.getCause().equals("DependencyWait"))
                .flatMap(each -> each.getResources().stream())
                .collect(Collectors.toCollection(TreeSet::new));
        boolean anyWaits = !truth.waiting().isEmpty() || !waiting.isEmpty();
        // what has begun or ended to wait just now may be told or not
        boolean waitingRight = saysWaiting(waiting, truth)
                || saysWaiting(waiting, span.truthAt(said.getAt().plus(JUST_NOW)));
        boolean blockersRight = Set.copyOf(said.getBlockers()).equals(Set.copyOf(truth.blockers()));
        String told = "%s %s %s at %s said %s blockers %s waiting %s"
                .formatted(
                        text(span),
                        said.getAlert(),
                        said.getStatus(),
                        said.getAt(),
                        said.getCauses().stream()
                                .map(each -> each.getCause() + each.getResources())
                                .toList(),
                        said.getBlockers(),
                        waiting);
        return new Verdict(
                truth.roots().get(0).cause(), causeRight, blockersRight, anyWaits ? waitingRight : null, told);
    }

    /** What waits and has a trouble of its own may be told as the one or as the other. */
    private static boolean saysWaiting(Set<String> said, Truth truth) {
        Set<String> told = new TreeSet<>(said);
        Set<String> due = new TreeSet<>(truth.waiting());
        truth.further().forEach(told::remove);
        truth.further().forEach(due::remove);
        return told.equals(due);
    }

    private static String text(DemoHistory.Span span) {
        Truth truth = span.truth();
        return "%s/%s/%s %s to %s: %s waiting %s"
                .formatted(
                        truth.cluster(),
                        truth.namespace(),
                        truth.tenant(),
                        span.from(),
                        span.to(),
                        truth.roots().stream()
                                .map(root -> root.cause() + "(" + root.resource() + ")")
                                .toList(),
                        truth.waiting());
    }

    /** An alert is right to fire when there was trouble at some time from the beginning of its condition on. */
    private void judgeAlert(Episode episode) {
        AlertTransition firing = episode.said().get(0);
        boolean flapping = firing.getAlert().equals("TenantFlapping");
        Instant since = flapping
                ? firing.getAt().minus(FLAPPING_WINDOW)
                : firing.getSince().minusSeconds(1);
        boolean trouble = history.spans.getOrDefault(episode.identity().tenant(), List.of()).stream()
                .filter(DemoHistory.Span::isTrouble)
                .anyMatch(span ->
                        !span.from().isAfter(firing.getAt()) && !span.to().isBefore(since));
        if (!trouble) {
            falseAlerts.add("%s of %s fired at %s since %s: %s"
                    .formatted(
                            firing.getAlert(),
                            episode.identity().tenant(),
                            firing.getAt(),
                            firing.getSince(),
                            firing.getSummary()));
        }
    }

    double accuracy() {
        return (double) verdicts.stream().filter(Verdict::causeRight).count() / verdicts.size();
    }

    double blockerAccuracy() {
        return (double) verdicts.stream().filter(Verdict::blockersRight).count() / verdicts.size();
    }

    List<Verdict> consequences() {
        return verdicts.stream().filter(each -> each.waitingRight() != null).toList();
    }

    /** How many alerts told of each cause. */
    Map<String, Integer> counts() {
        Map<String, Integer> counts = new TreeMap<>();
        verdicts.forEach(each -> counts.merge(each.cause(), 1, Integer::sum));
        counts.put("DependencyWait", consequences().size());
        return counts;
    }

    /** For people: one line a cause, then what was wrong. */
    String table() {
        StringBuilder text = new StringBuilder("%-24s %8s %8s %8s%n".formatted("cause", "alerts", "cause", "blockers"));
        Map<String, List<Verdict>> byCause =
                verdicts.stream().collect(Collectors.groupingBy(Verdict::cause, TreeMap::new, Collectors.toList()));
        byCause.forEach((cause, each) -> line(
                text,
                cause,
                each.size(),
                each.stream().filter(Verdict::causeRight).count(),
                each.stream().filter(Verdict::blockersRight).count()));
        line(
                text,
                "all",
                verdicts.size(),
                verdicts.stream().filter(Verdict::causeRight).count(),
                verdicts.stream().filter(Verdict::blockersRight).count());
        long waits = consequences().stream()
                .filter(each -> Boolean.TRUE.equals(each.waitingRight()))
                .count();
        text.append("%-24s %8d %8s   as a consequence, with just the resources that wait%n"
                .formatted(
                        "DependencyWait",
                        consequences().size(),
                        percent(waits, consequences().size())));
        text.append("false alerts: %d, troubles without an alert: %d%n".formatted(falseAlerts.size(), missed.size()));
        return text.toString();
    }

    private static void line(StringBuilder text, String cause, int all, long causes, long blockers) {
        text.append("%-24s %8d %8s %8s%n".formatted(cause, all, percent(causes, all), percent(blockers, all)));
    }

    private static String percent(long right, int all) {
        return all == 0 ? "-" : String.format(Locale.ROOT, "%.1f%%", 100.0 * right / all);
    }
}
