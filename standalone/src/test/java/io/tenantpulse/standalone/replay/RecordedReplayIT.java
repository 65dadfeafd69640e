package io.tenantpulse.standalone.replay;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What two real versions of the operator did for 47 minutes; the recordings are the exporter's test resources. */
class RecordedReplayIT {
    private static final String OWN = "TenantNotConverged";
    private static final Duration TOLERANCE = Duration.ofSeconds(2);

    @ParameterizedTest
    @ValueSource(strings = {"alpha", "beta"})
    void firesAsABruteForceReadingOfTheTenantsDoes(String cluster) throws IOException {
        List<Intervals.Interval> expected = Intervals.expected("/recorded/expected.ndjson.gz", "at");
        Set<String> alerts = expected.stream().map(Intervals.Interval::alert).collect(Collectors.toSet());
        List<Intervals.Interval> said =
                only(Intervals.of(Intervals.replay(recording(cluster))), i -> alerts.contains(i.alert()));

        assertThat(only(said, i -> !i.alert().equals(OWN)))
                .as("the operator's own alerts, to the millisecond")
                .isEqualTo(only(
                        expected, i -> i.cluster().equals(cluster) && !i.alert().equals(OWN)));
        assertThat(only(said, i -> i.alert().equals(OWN)))
                .as("our own reading, within two seconds")
                .usingElementComparator(RecordedReplayIT::compare)
                .isEqualTo(only(
                        expected, i -> i.cluster().equals(cluster) && i.alert().equals(OWN)));
    }

    private static String recording(String cluster) {
        return Path.of(
                        System.getProperty("user.dir"),
                        "../exporter/src/test/resources/recorded",
                        cluster + ".ndjson.gz")
                .normalize()
                .toString();
    }

    private static List<Intervals.Interval> only(
            List<Intervals.Interval> intervals, Predicate<Intervals.Interval> which) {
        return intervals.stream().filter(which).toList();
    }

    private static int compare(Intervals.Interval one, Intervals.Interval other) {
        boolean same = one.tenant().equals(other.tenant())
                && one.namespace().equals(other.namespace())
                && near(one.from(), other.from())
                && near(one.to(), other.to());
        return same ? 0 : Intervals.ORDER.compare(one, other);
    }

    private static boolean near(@Nullable Instant one, @Nullable Instant other) {
        if (one == null || other == null) {
            return one == other;
        }
        return Duration.between(one, other).abs().compareTo(TOLERANCE) <= 0;
    }
}
