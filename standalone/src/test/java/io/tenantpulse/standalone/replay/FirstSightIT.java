package io.tenantpulse.standalone.replay;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * An exporter that starts in the middle of what two real operators did. First sight may know that something has lasted for
 * long, but must not take the operator's stale word for it.
 */
class FirstSightIT {
    /** lastTransitionTime is the operator's own, cut to seconds and written before the exporter could read it. */
    private static final Duration EARLIER_AT_MOST = Duration.ofSeconds(10);

    @TempDir
    Path folder;

    /**
     * The three traps: a Deployment that breaks while Ready stays True for seven minutes, counts of 1/2 with Ready=True,
     * and a failed resource while the reason still says that not all are ready; and three ordinary starts.
     */
    @ParameterizedTest
    @CsvSource({
        "alpha, 2026-11-23T17:10:34.998Z",
        "alpha, 2026-11-23T16:47:52.250Z",
        "beta, 2026-11-23T16:52:51.523Z",
        "alpha, 2026-11-23T16:58:00Z",
        "beta, 2026-11-23T17:04:00Z",
        "beta, 2026-11-23T17:12:00Z",
    })
    void firesNothingThatTheWholeRecordingDoesNotFire(String cluster, Instant start) throws IOException {
        Path recording = Path.of(System.getProperty("user.dir"), "../exporter/src/test/resources/recorded")
                .resolve(cluster + ".ndjson.gz")
                .normalize();
        Path cut = folder.resolve("cut.ndjson");
        CutRecording.write(recording, cluster, start, cut);

        List<Intervals.Interval> whole = Intervals.expected("/recorded/expected.ndjson.gz", "at").stream()
                .filter(interval -> interval.cluster().equals(cluster))
                .toList();
        Set<String> alerts = whole.stream().map(Intervals.Interval::alert).collect(Collectors.toSet());
        List<Intervals.Interval> said = Intervals.of(Intervals.replay(cut.toString())).stream()
                .filter(interval -> alerts.contains(interval.alert()))
                .toList();
        List<Intervals.Interval> early = new ArrayList<>(said);
        early.removeIf(each -> whole.stream().anyMatch(other -> isExplainedBy(each, other)));
        assertThat(early)
                .as("fired earlier than, or without, the whole recording's")
                .isEmpty();
        List<Intervals.Interval> lost = new ArrayList<>(whole);
        lost.removeIf(each -> !lastsFrom(each, start));
        lost.removeIf(each -> said.stream().anyMatch(other -> isExplainedBy(other, each)));
        assertThat(lost)
                .as("held for twenty minutes or more after the start, and were not fired")
                .isEmpty();
    }

    private static boolean isExplainedBy(Intervals.Interval cut, Intervals.Interval whole) {
        boolean same = cut.alert().equals(whole.alert())
                && cut.namespace().equals(whole.namespace())
                && cut.tenant().equals(whole.tenant());
        Instant to = whole.to();
        return same
                && !cut.from().isBefore(whole.from().minus(EARLIER_AT_MOST))
                && (to == null || cut.from().isBefore(to));
    }

    private static boolean lastsFrom(Intervals.Interval whole, Instant start) {
        Instant to = whole.to();
        Instant end = to == null ? Instant.parse("2026-11-23T17:20:33Z") : to;
        Instant from = whole.from().isAfter(start) ? whole.from() : start;
        return Duration.between(from, end).compareTo(Duration.ofMinutes(20)) >= 0;
    }
}
