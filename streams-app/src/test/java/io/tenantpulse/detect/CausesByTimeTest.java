package io.tenantpulse.detect;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantpulse.model.Container;
import io.tenantpulse.model.Facts;
import io.tenantpulse.model.ObjectId;
import io.tenantpulse.model.PodFacts;
import io.tenantpulse.model.Warning;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Alerts that are told anew though nothing is heard: what leads depends on how late it is. */
class CausesByTimeTest {
    private static final String OWN = "TenantNotConverged";
    private static final String DEGRADED = "TenantDegraded";
    private static final ObjectId POD = new ObjectId("", "Pod", "ns", "db-1");

    private final Story story = new Story().watches(Story.DEPLOYMENT, "Pod");

    /** A tenant whose only resource was ready before. */
    private Story begun() {
        story.epoch("00:00", 1).begin("00:00", Story.TENANT);
        story.tenant("acme").needs("db", 300).counts(1, 1, 0).snapshot("00:00").end("00:00", Story.TENANT);
        story.emptyFrame("00:00", "Pod").begin("00:00", Story.DEPLOYMENT);
        story.deployment("acme", "db").ready("00:00", Change.SNAPSHOT);
        return story.end("00:00", Story.DEPLOYMENT).watermark("00:01");
    }

    private Story pod(String at, String state, int restarts, @Nullable String startedAt) {
        Container container = new Container(
                "main",
                false,
                "img:1",
                false,
                restarts,
                state,
                state.equals("waiting") ? "ContainerCreating" : null,
                null,
                restarts > 0 ? 1 : null,
                restarts > 0 ? "Error" : null,
                startedAt == null ? null : Story.time(startedAt));
        PodFacts pod = new PodFacts("Running", null, "n1", true, List.of(container));
        return story.object("acme", POD)
                .of("db")
                .facts(new Facts(null, null, List.of(), null, pod, null, null, null, List.of()))
                .notReady(at, Change.MODIFIED);
    }

    private List<String> told(String alert) {
        return story.transitions.stream()
                .filter(each -> each.alert().equals(alert) && each.diagnosis() != null)
                .map(each -> Story.clock(each.at()) + " "
                        + (each.diagnosis().causes().isEmpty()
                                ? "none"
                                : each.diagnosis().causes().get(0).word()))
                .toList();
    }

    @Test
    void aCrashIsForgivenAfterAsLongARun() {
        begun().deployment("acme", "db").notReady("01:00", Change.MODIFIED);
        pod("14:00", "running", 3, "14:00").watermark("16:00").watermark("24:09");
        assertThat(told(OWN)).containsExactly("16:00 CrashLoop");

        story.watermark("24:10").watermark("60:00");

        assertThat(told(OWN)).containsExactly("16:00 CrashLoop", "24:10 ReadinessProbe");
    }

    @Test
    void whatAWarningToldIsNotKnownAnyMoreOnceItHasExpired() {
        begun().deployment("acme", "db").notReady("01:00", Change.MODIFIED);
        pod("02:00", "waiting", 0, null);
        story.send(new Observation.OfWarning(
                story.id("acme"),
                story.next(),
                Story.time("10:00"),
                new Warning("w1", POD, null, "db", "FailedMount", "", 1, null, Story.time("10:00"))));
        story.watermark("16:00").watermark("70:09");
        assertThat(told(OWN)).containsExactly("16:00 VolumeMount");

        story.watermark("70:10").watermark("200:00");

        assertThat(told(OWN)).containsExactly("16:00 VolumeMount", "70:10 Unknown");
    }

    @Test
    void anOperatorIsStaleOnceItHasNotCaughtUpForTenMinutes() {
        begun().tenant("acme")
                .version("2")
                .generation(2)
                .observedGeneration(1)
                .counts(1, 1, 0)
                .condition("Ready", "False", "NotAllResourcesReady", "02:00")
                .condition("Degraded", "True", "ResourcesNotReady", "02:00")
                .modified("02:00");
        story.watermark("07:00").watermark("12:09");
        assertThat(told(DEGRADED)).containsExactly("07:00 StatusDrift");

        story.watermark("12:10").watermark("60:00");

        assertThat(told(DEGRADED)).containsExactly("07:00 StatusDrift", "12:10 OperatorStale");
    }

    @Test
    void nothingIsToldAnewBeforeThePauseIsOver() {
        begun().deployment("acme", "db").notReady("01:00", Change.MODIFIED);
        pod("07:00", "running", 3, "07:00").watermark("16:00").watermark("20:59");
        assertThat(told(OWN)).containsExactly("16:00 CrashLoop");

        story.watermark("21:00").watermark("60:00");

        assertThat(told(OWN)).containsExactly("16:00 CrashLoop", "21:00 ReadinessProbe");
    }

    @Test
    void aRestartedDetectorTellsItToo() {
        begun().deployment("acme", "db").notReady("01:00", Change.MODIFIED);
        pod("14:00", "running", 3, "14:00").watermark("16:00");
        story.restarted().watermark("24:10");

        assertThat(told(OWN)).containsExactly("16:00 CrashLoop", "24:10 ReadinessProbe");
    }

    @Test
    void nothingIsDueOnceTimeAloneChangesNothing() {
        begun().deployment("acme", "db").notReady("01:00", Change.MODIFIED);
        pod("14:00", "running", 3, "14:00").watermark("16:00");
        assertThat(story.memory.indexed()).isEqualTo(1);

        story.watermark("24:10");

        assertThat(story.memory.indexed()).isZero();
    }

    /** All resources are well again at 10:00, and the operator's status still says otherwise. */
    private Story operatorLags() {
        begun().deployment("acme", "db").notReady("01:00", Change.MODIFIED);
        story.tenant("acme")
                .version("2")
                .counts(0, 1, 0)
                .condition("Degraded", "True", "ResourcesNotReady", "01:00")
                .modified("01:00");
        story.podWaiting("01:01", "db", "ImagePullBackOff").watermark("06:30");
        assertThat(told(DEGRADED)).containsExactly("06:00 ImagePull");
        story.podDeleted("12:59", "db");
        return story.deployment("acme", "db").ready("13:00", Change.MODIFIED);
    }

    @Test
    void anOperatorThatCatchesUpInTimeIsNoDrift() {
        operatorLags().watermark("13:39");
        story.tenant("acme")
                .version("3")
                .counts(1, 1, 0)
                .condition("Degraded", "False", "Healthy", "13:39")
                .modified("13:39");
        story.watermark("20:00");

        assertThat(told(DEGRADED)).containsExactly("06:00 ImagePull");
        assertThat(story.saidOf(DEGRADED)).last().isEqualTo("13:39 TenantDegraded acme resolved recovered");
    }

    @Test
    void anOperatorThatStaysBehindIsToldOnceItHadTheTime() {
        operatorLags().watermark("13:39.999");
        assertThat(told(DEGRADED)).hasSize(1);

        story.watermark("13:40").watermark("20:00");

        assertThat(told(DEGRADED)).containsExactly("06:00 ImagePull", "13:40 StatusDrift");
    }

    @Test
    void whatComesWhileTheOperatorCatchesUpIsToldAsEver() {
        operatorLags().watermark("13:15").deployment("acme", "db").notReady("13:20", Change.MODIFIED);
        story.podWaiting("13:20", "db", "CreateContainerConfigError").watermark("13:30");

        assertThat(told(DEGRADED)).containsExactly("06:00 ImagePull", "13:30 ContainerConfig");
    }
}
