package io.tenantpulse.detect;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantpulse.model.Counts;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is remembered of incidents that have ended: the newest of each tenant's name, and no longer than it is of use. */
class PastIncidentsTest {
    private static final long DAY = Duration.ofDays(1).toMinutes();

    private final Story story = new Story().watches(Story.DEPLOYMENT, "Pod");
    private int version = 1;

    private Story begun() {
        story.epoch("00:00", 1).begin("00:00", Story.TENANT);
        story.tenant("acme").needs("db", 3600).counts(1, 1, 0).snapshot("00:00").end("00:00", Story.TENANT);
        story.emptyFrame("00:00", "Pod").begin("00:00", Story.DEPLOYMENT);
        story.deployment("acme", "db").ready("00:00", Change.SNAPSHOT);
        return story.end("00:00", Story.DEPLOYMENT).watermark("00:01");
    }

    /** From {@code minute} on for 21 minutes; fires after 15. */
    private void incident(long minute) {
        story.deployment("acme", "db").version("" + ++version).notReady(at(minute), Change.MODIFIED);
        story.podWaiting(at(minute + 1), "db", "ImagePullBackOff")
                .tenant("acme")
                .version("" + ++version)
                .counts(0, 1, 0)
                .modified(at(minute + 2));
        story.watermark(at(minute + 20));
        story.deployment("acme", "db").version("" + ++version).ready(at(minute + 21), Change.MODIFIED);
        story.tenant("acme").version("" + ++version).counts(1, 1, 0).modified(at(minute + 21));
        story.watermark(at(minute + 22));
    }

    private static String at(long minute) {
        return "%02d:00".formatted(minute);
    }

    private List<PastIncident> past() {
        IncidentHistory history = story.memory.incidents(story.id("acme"));
        return history == null ? List.of() : history.incidents();
    }

    @Test
    void remembersWhatAnIncidentWas() {
        begun();
        incident(10);

        IncidentChange ended = story.incidents.get(story.incidents.size() - 1);
        assertThat(ended.status()).isEqualTo(IncidentChange.Status.ENDED);
        PastIncident past = past().get(0);
        assertThat(past())
                .containsExactly(new PastIncident(
                        ended.id(),
                        "u1",
                        Story.time("10:00"),
                        Story.time("25:00"),
                        Story.time("31:00"),
                        ResolveReason.RECOVERED,
                        Severity.WARNING,
                        List.of("TenantNotConverged", "TenantResourcesMismatch"),
                        ended.told(),
                        List.of("db"),
                        new Counts(0, 1, 0)));
        assertThat(past.told().cause()).isEqualTo("ImagePull");
    }

    @Test
    void remembersNothingOfAnIncidentThatGoesOn() {
        begun().deployment("acme", "db").notReady("10:00", Change.MODIFIED);
        story.watermark("30:00");

        assertThat(story.incidents).isNotEmpty();
        assertThat(past()).isEmpty();
    }

    @Test
    void remembersTheNewestTwentyInTheirOrder() {
        begun();
        List<Instant> since = new ArrayList<>();
        for (int i = 0; i < 23; i++) {
            incident(10 + 60L * i);
            since.add(Story.time(at(10 + 60L * i)));
        }

        assertThat(past()).extracting(PastIncident::since).isEqualTo(since.subList(3, 23));
    }

    @Test
    void costsNothingUntilOneEnds() {
        begun().deployment("acme", "db").notReady("10:00", Change.MODIFIED);
        story.podWaiting("10:01", "db", "ImagePullBackOff").watermark("30:00");
        story.podWaiting("31:00", "db", "CrashLoopBackOff").watermark("60:00");

        assertThat(story.memory.incidentAccesses).isZero();
    }

    @Test
    void outlivesTheTenantsObjectAndItsReplacement() {
        begun();
        incident(10);
        story.tenant("acme").deleted("40:00");
        story.tenant("acme")
                .uid("u2")
                .version("77")
                .needs("db", 3600)
                .counts(1, 1, 0)
                .modified("50:00");
        story.restarted().watermark(at(30 * DAY));

        assertThat(past()).singleElement().extracting(PastIncident::uid).isEqualTo("u1");
    }

    @Test
    void isForgottenAWeekAfterItsTenantHasGone() {
        begun();
        incident(10);
        story.watermark(at(3 * DAY)).tenant("acme").deleted(at(3 * DAY));
        story.deployment("acme", "db").deleted(at(3 * DAY));

        story.restarted().watermark("%02d:59.999".formatted(10 * DAY - 1));
        assertThat(past()).hasSize(1);
        story.watermark(at(10 * DAY));
        assertThat(past()).isEmpty();
    }

    @Test
    void anIncidentThatEndsWithItsTenantIsRemembered() {
        begun().deployment("acme", "db").notReady("10:00", Change.MODIFIED);
        story.watermark("30:00").tenant("acme").deleted("40:00");

        assertThat(past()).singleElement().satisfies(past -> {
            assertThat(past.reason()).isEqualTo(ResolveReason.DELETED);
            assertThat(past.endedAt()).isEqualTo(Story.time("40:00"));
        });
    }

    @Test
    void isForgottenWithItsCluster() {
        begun();
        incident(10);
        story.gone("60:00");

        assertThat(past()).isEmpty();
        assertThat(story.memory.isEmptyButForClusters()).isTrue();
    }
}
