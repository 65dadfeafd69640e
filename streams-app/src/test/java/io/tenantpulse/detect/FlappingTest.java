package io.tenantpulse.detect;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantpulse.model.Facts;
import io.tenantpulse.model.Replicas;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** TenantFlapping: begins with six turns within the hour, and is over with two. */
class FlappingTest {
    private static final String FLAPPING = "TenantFlapping";

    private final Story story = new Story().watches(Story.DEPLOYMENT);

    private Story begun() {
        story.epoch("00:00", 1).begin("00:00", Story.TENANT);
        story.tenant("acme").needs("db", 300).counts(1, 1, 0).snapshot("00:00").end("00:00", Story.TENANT);
        story.begin("00:00", Story.DEPLOYMENT).deployment("acme", "db").ready("00:00", Change.SNAPSHOT);
        return story.end("00:00", Story.DEPLOYMENT).watermark("00:01");
    }

    private Story dip(int minute) {
        story.deployment("acme", "db").notReady("%02d:00".formatted(minute), Change.MODIFIED);
        return story.deployment("acme", "db").ready("%02d:00".formatted(minute + 1), Change.MODIFIED);
    }

    @Test
    void firesWithTheSixthTurnAndIsOverWhenTwoAreLeft() {
        begun();
        dip(1);
        dip(11);
        dip(21).watermark("22:00");
        assertThat(story.saidOf(FLAPPING)).containsExactly("22:00 TenantFlapping acme firing");

        story.watermark("71:59").watermark("72:00");

        assertThat(story.saidOf(FLAPPING)).last().isEqualTo("72:00 TenantFlapping acme resolved recovered");
        assertThat(story.memory.indexed()).isZero();
    }

    /** It was forgotten without a word when something was seen of the tenant between its end and the watermark. */
    @Test
    void isToldThoughItIsOverWhenTheWatermarkComes() {
        begun();
        dip(1);
        dip(11);
        dip(21);
        story.tenant("acme").version("2").counts(1, 1, 0).modified("73:00").watermark("73:05");

        assertThat(story.saidOf(FLAPPING))
                .containsExactly("22:00 TenantFlapping acme firing", "72:00 TenantFlapping acme resolved recovered");
    }

    @Test
    void isToldThoughAResourceIsSeenBeforeTheWatermarkComes() {
        begun();
        dip(1);
        dip(11);
        dip(21);
        story.deployment("acme", "db").ready("73:00", Change.MODIFIED).watermark("73:05");

        assertThat(story.saidOf(FLAPPING))
                .containsExactly("22:00 TenantFlapping acme firing", "72:00 TenantFlapping acme resolved recovered");
    }

    @Test
    void fiveTurnsAreNotEnoughAndATurnAnHourAgoNoLongerCounts() {
        begun();
        dip(1);
        dip(31);
        story.deployment("acme", "db").notReady("51:00", Change.MODIFIED);
        story.deployment("acme", "db").ready("61:00", Change.MODIFIED).watermark("62:00");

        assertThat(story.saidOf(FLAPPING)).isEmpty();
    }

    @Test
    void doesNotItselfFlapWhileTheRateStaysBetweenTheThresholds() {
        begun();
        for (int minute = 1; minute < 181; minute += 20) {
            dip(minute);
        }
        story.watermark("182:00");

        assertThat(story.saidOf(FLAPPING)).containsExactly("42:00 TenantFlapping acme firing");
    }

    @Test
    void aSlowRolloutOfOneAfterTheOtherDoesNotCount() {
        begun();
        for (int step = 1; step <= 6; step++) {
            story.deployment("acme", "db")
                    .facts(generation(step))
                    .notReady("%02d:00".formatted(2 * step), Change.MODIFIED);
            story.deployment("acme", "db")
                    .facts(generation(step))
                    .ready("%02d:00".formatted(2 * step + 1), Change.MODIFIED);
        }
        story.watermark("30:00");

        assertThat(story.saidOf(FLAPPING)).isEmpty();
    }

    private static Facts generation(long generation) {
        Replicas replicas = new Replicas(1, 1, 1, 0, 0, generation, generation);
        return new Facts(null, null, List.of(), replicas, null, null, null, null, List.of());
    }

    @Test
    void theOperatorsMismatchCountsByItself() {
        begun();
        for (int turn = 1; turn <= 6; turn++) {
            story.tenant("acme")
                    .version("v" + turn)
                    .counts(turn % 2 == 0 ? 1 : 0, 1, 0)
                    .modified("%02d:00".formatted(turn));
        }
        story.watermark("07:00");

        assertThat(story.saidOf(FLAPPING)).containsExactly("06:00 TenantFlapping acme firing");
    }

    @Test
    void aDetectorThatIsKilledRemembersTheTurns() {
        begun();
        dip(1).restarted();
        dip(11).restarted();
        dip(21).restarted().watermark("22:00").restarted().watermark("72:00");

        assertThat(story.saidOf(FLAPPING)).hasSize(2);
    }

    @Test
    void resolvesWithItsTenant() {
        begun();
        dip(1);
        dip(11);
        dip(21).watermark("22:00");
        story.tenant("acme").deleted("23:00");

        assertThat(story.saidOf(FLAPPING)).last().isEqualTo("23:00 TenantFlapping acme resolved deleted");
        assertThat(story.memory.indexed()).isZero();
    }

    @Test
    void itsThresholdsAreData() {
        Rule rule = new Rule(
                FLAPPING,
                Rule.Predicate.FLAPPING,
                Duration.ZERO,
                Severity.INFO,
                Duration.ZERO,
                new Rule.Rate(Duration.ofMinutes(10), 2, 0));
        Story quick = new Story(new Rules(List.of(rule), List.of(), null, null, null, Rules.GapPolicy.FREEZE));
        quick.epoch("00:00", 1).emptyFrame("00:00", Story.TENANT).watermark("00:01");
        quick.tenant("acme").version("1").counts(1, 1, 0).modified("01:00");
        quick.tenant("acme").version("2").counts(0, 1, 0).modified("02:00");
        quick.tenant("acme").version("3").counts(1, 1, 0).modified("03:00").watermark("13:00");

        assertThat(quick.said)
                .containsExactly("03:00 TenantFlapping acme firing", "13:00 TenantFlapping acme resolved recovered");
    }
}
