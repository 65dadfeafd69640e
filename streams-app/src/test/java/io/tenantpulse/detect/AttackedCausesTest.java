package io.tenantpulse.detect;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantpulse.diagnose.Cause;
import io.tenantpulse.model.ObjectId;
import io.tenantpulse.model.Warning;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Histories in which alerts fired when they should but told a wrong cause or blocker. */
class AttackedCausesTest {
    private static final String OWN = "TenantNotConverged";
    private static final String STUCK = "TenantDependencyStuck";
    private static final String STATEFUL_SET = "StatefulSet.apps";

    private final Story story = new Story().watches(Story.DEPLOYMENT, STATEFUL_SET, "Pod");

    private List<String> told(String alert) {
        return story.transitions.stream()
                .filter(each -> each.alert().equals(alert) && each.diagnosis() != null)
                .map(each -> Story.clock(each.at()) + " " + leading(each) + " " + blockers(each))
                .toList();
    }

    private static String leading(Transition told) {
        Cause cause = told.diagnosis().causes().get(0);
        return cause.word().word() + cause.resources();
    }

    private static List<String> blockers(Transition told) {
        return told.diagnosis().blockers().stream().map(each -> each.id()).toList();
    }

    private void emptyFrames(String at) {
        story.emptyFrame(at, STATEFUL_SET).emptyFrame(at, Story.DEPLOYMENT).emptyFrame(at, "Pod");
    }

    /** A StatefulSet db and a Deployment web after it. */
    private Story.TenantLine acme() {
        return story.tenant("acme").needs(Needs.after("StatefulSet", "db", 300)).needs("web", 300, "db");
    }

    @Test
    void whatIsKnownNotToExistStaysTheBlockerWhileItsKindIsBlind() {
        story.epoch("00:00", 1).begin("00:00", Story.TENANT);
        acme().created("00:00").snapshot("00:00").end("00:00", Story.TENANT);
        emptyFrames("00:00");
        story.watermark("00:01").watermark("20:00");

        story.cover(STATEFUL_SET, KindCoverage.BLIND).watermark("20:05");
        story.warning("21:00", "w1", "Unhealthy").watermark("40:00");

        assertThat(told(OWN)).containsExactly("15:00 OperatorStale[db] [db]");
        assertThat(told(STUCK)).containsExactly("05:00 OperatorStale[db] [db]");
    }

    @Test
    void whatWaitedForAnotherIsNotLateAtTheInstantAtWhichThatIsReady() {
        story.epoch("00:00", 1).begin("00:00", Story.TENANT);
        acme().created("00:00").counts(0, 2, 0).condition("Ready", "False", "NotAllResourcesReady", "00:00");
        acme().created("00:00")
                .counts(0, 2, 0)
                .condition("Ready", "False", "NotAllResourcesReady", "00:00")
                .snapshot("00:00")
                .end("00:00", Story.TENANT);
        emptyFrames("00:00");
        story.watermark("00:01");
        Story.ResourceLine db = story.object("acme", new ObjectId("apps", "StatefulSet", "ns", "db"));
        db.created("00:02").notReady("00:02", Change.ADDED).watermark("29:00");

        db.ready("30:00", Change.MODIFIED).watermark("31:00");
        assertThat(told("TenantNotReady")).last().isEqualTo("30:10 Starting[web] [web]");

        story.watermark("36:00");
        assertThat(told("TenantNotReady")).last().isEqualTo("35:10 OperatorStale[web] [web]");
    }

    @Test
    void whatHasNotExistedSinceLastNightIsNotStarting() {
        story.epoch("00:00", 1).begin("60:00", Story.TENANT);
        acme().counts(0, 2, 0)
                .condition("Ready", "False", "NotAllResourcesReady", "00:00")
                .snapshot("60:00")
                .end("60:00", Story.TENANT);
        emptyFrames("60:01");
        story.watermark("60:02");

        assertThat(told(STUCK)).containsExactly("05:00 OperatorStale[db] [db]");
    }

    @Test
    void whatWentWrongWithATenantOfTheSameNameBeforeSaysNothingOfThisOne() {
        story.epoch("00:00", 1).begin("00:00", Story.TENANT);
        acme().uid("u1").created("00:00").snapshot("00:00").end("00:00", Story.TENANT);
        emptyFrames("00:00");
        story.watermark("00:01");
        ObjectId tenant = new ObjectId("operator.kubernetes-tenants.org", "Tenant", "ns", "acme");
        Warning failed = new Warning(
                "w1",
                tenant,
                "u1",
                null,
                "TemplateRenderError",
                "Failed to render resource db: no such key",
                1,
                null,
                Story.time("01:00"));
        story.send(new Observation.OfWarning(story.id("acme"), story.next(), Story.time("01:00"), failed));
        acme().uid("u1").deleted("02:00");

        acme().uid("u2").created("02:01").seen("02:01", Change.ADDED).watermark("08:00");

        assertThat(told(STUCK)).containsExactly("07:01 OperatorStale[db] [db]");
    }

    @Test
    void blockersThatChangeAllTheTimeMakeNoStreamOfUpdates() {
        story.epoch("00:00", 1).begin("00:00", Story.TENANT);
        story.tenant("acme")
                .needs("a", 1)
                .needs("b", 1)
                .needs("x", 3600, "a")
                .needs("y", 3600, "b")
                .snapshot("00:00")
                .end("00:00", Story.TENANT);
        story.emptyFrame("00:00", STATEFUL_SET).emptyFrame("00:00", "Pod").begin("00:00", Story.DEPLOYMENT);
        for (String each : List.of("a", "b", "x", "y")) {
            story.deployment("acme", each).notReady("00:00", Change.SNAPSHOT);
        }
        story.end("00:00", Story.DEPLOYMENT).watermark("00:05");

        for (int minute = 1; minute < 10; minute++) {
            story.deployment("acme", "a").ready("%02d:00".formatted(minute), Change.MODIFIED);
            story.deployment("acme", "a").notReady("%02d:10".formatted(minute), Change.MODIFIED);
            story.watermark("%02d:20".formatted(minute));
            story.deployment("acme", "b").ready("%02d:30".formatted(minute), Change.MODIFIED);
            story.deployment("acme", "b").notReady("%02d:40".formatted(minute), Change.MODIFIED);
            story.watermark("%02d:50".formatted(minute));
        }

        assertThat(story.saidOf(STUCK)).hasSizeLessThanOrEqualTo(3);
    }
}
