package io.tenantpulse.detect;

import static io.tenantpulse.detect.Story.DEPLOYMENT;
import static io.tenantpulse.detect.Story.TENANT;
import static org.assertj.core.api.Assertions.assertThat;

import io.tenantpulse.trends.Quantiles;
import io.tenantpulse.trends.ReadyTimes;
import io.tenantpulse.trends.Totals;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the trends are told of how long tenants and their resources take: recommended timeouts rest on it. */
class TimeToReadyTest {
    private final Story story = new Story();

    @BeforeEach
    void live() {
        story.watches(DEPLOYMENT).emptyFrame("00:00", TENANT).emptyFrame("00:00", DEPLOYMENT);
        story.watermark("00:01");
    }

    private Story.TenantLine acme() {
        return story.tenant("acme").template("web").created("00:10").needs("db", 10);
    }

    private Story.TenantLine healthy() {
        return acme().version("9").counts(1, 1, 0).condition("Ready", "True", "Reconciled", "00:30");
    }

    /** A tenant made at 00:10 whose db is made at 00:12, and not ready. */
    private void made() {
        acme().seen("00:10", Change.ADDED);
        db(1).notReady("00:12", Change.ADDED);
    }

    private Story.ResourceLine db(long generation) {
        return story.deployment("acme", "db").created("00:12").generation(generation);
    }

    private Totals counted() {
        story.watermark("180:00").watermark("181:00");
        return story.trends.windows.entrySet().stream()
                .filter(each -> each.getKey().startsWith("template/c1/ns/web@"))
                .map(java.util.Map.Entry::getValue)
                .reduce(Totals.NONE, Totals::beside);
    }

    /** In whole seconds: exact below 50, by the error of the sketch. */
    private static List<Long> seconds(Quantiles times) {
        List<Long> all = new ArrayList<>();
        for (int i = 0; i < times.count(); i++) {
            double rank = times.count() == 1 ? 0 : (double) i / (times.count() - 1);
            all.add(Math.round(times.quantile(rank).toMillis() / 1000.0));
        }
        return all;
    }

    private List<Long> ofTenants() {
        return seconds(counted().timeToReady());
    }

    private List<Long> of(String resource) {
        ReadyTimes times = counted().readyByResource().get(resource);
        return times == null ? List.of() : seconds(times.times());
    }

    @Test
    void aTenantTakesFromItsMakingToItsHealth() {
        made();
        db(1).ready("00:30", Change.MODIFIED);
        healthy().modified("00:35");
        healthy().version("10").modified("00:50");

        assertThat(ofTenants()).containsExactly(25L);
    }

    @Test
    void eachGenerationIsMeasuredFromItsOwnBeginning() {
        made();
        db(1).ready("00:30", Change.MODIFIED);
        healthy().observedGeneration(1).modified("00:35");
        healthy().generation(2).observedGeneration(1).modified("20:00");
        healthy().generation(2).observedGeneration(2).modified("20:12");
        healthy().generation(3).observedGeneration(2).modified("30:00");
        healthy().generation(4).observedGeneration(2).modified("30:20");
        healthy().generation(4).observedGeneration(4).modified("30:24");

        assertThat(ofTenants()).containsExactly(4L, 12L, 25L);
    }

    @Test
    void aTenantThatNeverConvergesTellsNoTime() {
        made();
        acme().version("2")
                .counts(0, 1, 0)
                .condition("Ready", "False", "X", "00:20")
                .modified("00:20");

        assertThat(ofTenants()).isEmpty();
        assertThat(of("db")).isEmpty();
    }

    @Test
    void aTenantThatLosesItsHealthAndRecoversTellsNoTime() {
        made();
        db(1).ready("00:30", Change.MODIFIED);
        healthy().modified("00:35");
        healthy().version("10").counts(0, 1, 0).modified("20:00");
        healthy().version("11").modified("20:30");

        assertThat(ofTenants()).containsExactly(25L);
    }

    @Test
    void aTenantMadeAnewIsMeasuredAnew() {
        made();
        acme().deleted("00:40");
        db(1).deleted("00:41");
        acme().uid("u2").created("00:50").seen("00:50", Change.ADDED);
        db(1).uid("r2").created("00:52").notReady("00:52", Change.ADDED);
        db(1).uid("r2").ready("01:00", Change.MODIFIED);
        healthy().uid("u2").modified("01:03");

        assertThat(ofTenants()).containsExactly(13L);
        assertThat(of("db")).containsExactly(8L);
    }

    @Test
    void whatWasMadeBeforeItWasSeenTellsNoTime() {
        acme().created("-60:00").seen("00:10", Change.ADDED);
        db(1).created("-60:00").notReady("00:12", Change.ADDED);
        db(1).ready("00:30", Change.MODIFIED);
        healthy().modified("00:35");

        assertThat(ofTenants()).isEmpty();
        assertThat(of("db")).isEmpty();
    }

    @Test
    void aListTellsNoTime() {
        story.begin("00:10", TENANT);
        acme().snapshot("00:10");
        story.end("00:11", TENANT);
        story.begin("00:11", DEPLOYMENT);
        db(1).notReady("00:12", Change.SNAPSHOT);
        story.end("00:13", DEPLOYMENT).watermark("00:14");
        db(1).ready("00:30", Change.MODIFIED);
        healthy().modified("00:35");

        assertThat(ofTenants()).isEmpty();
        assertThat(of("db")).isEmpty();
    }

    @Test
    void aRestartedDetectorGoesOnMeasuring() {
        made();
        story.restarted();
        db(1).ready("00:30", Change.MODIFIED);
        story.restarted();
        healthy().modified("00:35");

        assertThat(ofTenants()).containsExactly(25L);
        assertThat(of("db")).containsExactly(18L);
    }

    /** Nobody knows when in the gap it became so. */
    @Test
    void whatBecomesReadyInAGapTellsNoTime() {
        made();
        story.gap("00:14", "05:00", false, TENANT, DEPLOYMENT);
        relist(healthy(), true);

        assertThat(ofTenants()).isEmpty();
        assertThat(of("db")).isEmpty();
    }

    @Test
    void whatChangedInAGapMayHaveBeenReadyBetween() {
        made();
        story.gap("00:14", "00:20", false, TENANT, DEPLOYMENT);
        relist(acme().version("2").counts(0, 1, 0), false, "2");
        db(1).ready("00:30", Change.MODIFIED);
        healthy().modified("00:35");

        assertThat(ofTenants()).isEmpty();
        assertThat(of("db")).isEmpty();
    }

    @Test
    void whatIsTheSameAfterAGapIsMeasuredOn() {
        made();
        story.gap("00:14", "00:20", false, TENANT, DEPLOYMENT);
        relist(acme(), false);
        db(1).ready("00:30", Change.MODIFIED);
        healthy().modified("00:35");

        assertThat(ofTenants()).containsExactly(25L);
        assertThat(of("db")).containsExactly(18L);
    }

    private void relist(Story.TenantLine tenant, boolean ready) {
        relist(tenant, ready, "1");
    }

    private void relist(Story.TenantLine tenant, boolean ready, String version) {
        story.begin("00:20", TENANT);
        tenant.snapshot("00:21");
        story.end("00:21", TENANT).begin("00:21", DEPLOYMENT);
        if (ready) {
            db(1).version("2").ready("00:22", Change.SNAPSHOT);
        } else {
            db(1).version(version).notReady("00:22", Change.SNAPSHOT);
        }
        story.end("00:23", DEPLOYMENT).watermark("00:24");
    }

    /** A watch that goes on where it broke tells late what happened in between. */
    @Test
    void whatIsToldLateTellsNoTime() {
        made();
        story.gap("00:14", "05:00", true, TENANT, DEPLOYMENT);
        db(1).ready("05:00", Change.MODIFIED);
        healthy().modified("05:00");
        story.watermark("05:10");
        healthy().generation(2).observedGeneration(1).modified("06:00");
        healthy().generation(2).observedGeneration(2).modified("06:07");

        assertThat(of("db")).isEmpty();
        assertThat(ofTenants()).containsExactly(7L);
    }

    @Test
    void aGenerationThatBeganUnseenTellsNoTime() {
        made();
        db(1).ready("00:30", Change.MODIFIED);
        healthy().modified("00:35");
        story.gap("01:00", "05:00", true, TENANT, DEPLOYMENT);
        healthy().generation(2).observedGeneration(1).modified("05:00");
        db(2).notReady("05:00", Change.MODIFIED);
        story.watermark("05:10");
        db(2).ready("05:15", Change.MODIFIED);
        healthy().generation(2).observedGeneration(2).modified("05:17");

        assertThat(ofTenants()).containsExactly(25L);
        assertThat(of("db")).containsExactly(18L);
    }

    @Test
    void anUndecodableTenantTellsNoTime() {
        made();
        db(1).ready("00:20", Change.MODIFIED);
        healthy().seen("00:25", Change.UNDECODABLE);
        healthy().version("10").modified("00:55");

        assertThat(ofTenants()).isEmpty();
    }

    @Test
    void aResourceTakesFromItsMakingAndNotFromWhenItWaitedForAnother() {
        acme().needs("api", 300, "db").seen("00:10", Change.ADDED);
        db(1).notReady("00:12", Change.ADDED);
        db(1).ready("00:40", Change.MODIFIED);
        story.deployment("acme", "api").created("00:41").generation(1).notReady("00:41", Change.ADDED);
        story.deployment("acme", "api").generation(1).ready("00:52", Change.MODIFIED);

        assertThat(of("db")).containsExactly(28L);
        assertThat(of("api")).containsExactly(11L);
        assertThat(counted().readyByResource().get("db").overTimeout()).isEqualTo(1);
        assertThat(counted().readyByResource().get("api").overTimeout()).isZero();
        assertThat(counted().readyByResource().get("api").timeout()).hasMinutes(5);
    }

    @Test
    void aResourceThatLosesItsReadinessAndRecoversTellsNoTime() {
        made();
        db(1).ready("00:30", Change.MODIFIED);
        db(1).notReady("10:00", Change.MODIFIED);
        db(1).ready("10:20", Change.MODIFIED);

        assertThat(of("db")).containsExactly(18L);
    }

    @Test
    void anotherGenerationOfAResourceIsMeasuredFromItsBeginning() {
        made();
        db(1).ready("00:30", Change.MODIFIED);
        db(2).notReady("10:00", Change.MODIFIED);
        db(2).ready("10:07", Change.MODIFIED);

        assertThat(of("db")).containsExactly(7L, 18L);
    }

    /** It was broken for an hour, and the generation that mends it takes 7 s. */
    @Test
    void howLongAResourceWasBrokenBeforeIsNotMeasured() {
        made();
        db(1).ready("00:30", Change.MODIFIED);
        db(1).notReady("10:00", Change.MODIFIED);
        db(2).notReady("70:00", Change.MODIFIED);
        db(2).ready("70:07", Change.MODIFIED);

        assertThat(of("db")).containsExactly(7L, 18L);
    }

    @Test
    void aGenerationThatNeverWasReadyIsNotMeasuredWithTheNext() {
        made();
        db(2).notReady("60:00", Change.MODIFIED);
        db(3).notReady("60:10", Change.MODIFIED);
        db(3).ready("60:14", Change.MODIFIED);

        assertThat(of("db")).containsExactly(4L);
    }
}
