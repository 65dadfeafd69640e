package io.tenantpulse.detect;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantpulse.model.Dependency;
import io.tenantpulse.model.ObjectId;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** TenantDependencyStuck: what waits, for whom, and from when that one's time counts (DESIGN 4). */
class DependencyStuckTest {
    private static final String STUCK = "TenantDependencyStuck";

    private final Story story = new Story().watches(Story.DEPLOYMENT);

    /** The tenant in a cluster in which everything is known; its deployments are there and ready. */
    private Story begun(Story.TenantLine tenant, String... ready) {
        story.epoch("00:00", 1).begin("00:00", Story.TENANT);
        tenant.snapshot("00:00").end("00:00", Story.TENANT).begin("00:00", Story.DEPLOYMENT);
        for (String each : ready) {
            story.deployment("acme", each).ready("00:00", Change.SNAPSHOT);
        }
        return story.end("00:00", Story.DEPLOYMENT).watermark("00:01");
    }

    private Story.TenantLine chain() {
        return story.tenant("acme").needs("db", 300).needs("api", 300, "db").needs("web", 300, "api");
    }

    private Story bad(String at, String... names) {
        for (String each : names) {
            story.deployment("acme", each).notReady(at, Change.MODIFIED);
        }
        return story;
    }

    private Story good(String at, String name) {
        return story.deployment("acme", name).ready(at, Change.MODIFIED);
    }

    @Test
    void firesExactlyWhenTheBlockersOwnTimeIsOver() {
        begun(chain(), "db", "api", "web");
        bad("01:00", "db", "api").watermark("05:59.999");
        assertThat(story.saidOf(STUCK)).isEmpty();

        story.watermark("06:00");

        assertThat(story.saidOf(STUCK)).containsExactly("06:00 TenantDependencyStuck acme firing");
        assertThat(story.transitions.get(0).blocker()).isEqualTo("db");
        assertThat(story.transitions.get(0).hold()).isEqualTo(Duration.ofMinutes(5));
        assertThat(story.transitions.get(0).since()).isEqualTo(Story.time("01:00"));
    }

    @Test
    void aRecoveryAtTheDeadlineItselfMeansNoAlert() {
        begun(chain(), "db", "api", "web");
        bad("01:00", "db", "api");
        good("06:00", "db").watermark("06:00");

        assertThat(story.saidOf(STUCK)).isEmpty();
    }

    @Test
    void whereNothingWaitsNothingIsStuck() {
        begun(chain(), "db", "api", "web");
        bad("01:00", "db").watermark("14:00");

        assertThat(story.saidOf(STUCK)).isEmpty();
    }

    @Test
    void whatBeginsToWaitForABlockerWhoseTimeIsOverIsStuckAtOnce() {
        begun(chain(), "db", "api", "web");
        bad("01:00", "db");
        bad("09:00", "web").watermark("09:01");

        assertThat(story.saidOf(STUCK)).containsExactly("09:00 TenantDependencyStuck acme firing");
        assertThat(story.transitions.get(0).since()).isEqualTo(Story.time("04:00"));
    }

    @Test
    void aRootThatMayTakeLongIsGivenItsTimeThoughWhatWaitsMayNot() {
        begun(
                story.tenant("acme").needs("ml", 3600).needs("api", 60, "ml").needs("web", 60, "api"),
                "ml",
                "api",
                "web");
        bad("01:00", "ml", "api", "web").watermark("60:59");
        assertThat(story.saidOf(STUCK)).isEmpty();

        story.watermark("61:00");

        assertThat(story.saidOf(STUCK)).containsExactly("61:00 TenantDependencyStuck acme firing");
    }

    @Test
    void whatIsNotCreatedBehindAnotherHasItsTimeFromWhenItIsFree() {
        begun(chain(), "db");
        bad("01:00", "db").watermark("06:00");
        good("10:00", "db").watermark("14:59");
        assertThat(story.saidOf(STUCK))
                .containsExactly(
                        "06:00 TenantDependencyStuck acme firing", "10:00 TenantDependencyStuck acme resolved eased");

        story.watermark("15:00");

        assertThat(story.saidOf(STUCK)).last().isEqualTo("15:00 TenantDependencyStuck acme firing");
        assertThat(story.transitions.stream()
                        .filter(said -> said.alert().equals(STUCK))
                        .map(Transition::blocker))
                .containsExactly("db", "db", "api");
    }

    @Test
    void whatRunsBesideItsDependencyHasNotWaitedToBegin() {
        begun(chain(), "db", "api", "web");
        bad("01:00", "db", "api", "web").watermark("06:00");
        good("10:00", "db");

        assertThat(story.saidOf(STUCK))
                .containsExactly("06:00 TenantDependencyStuck acme firing", "10:00 TenantDependencyStuck acme updated");
        assertThat(story.transitions).last().extracting(Transition::blocker).isEqualTo("api");
    }

    @Test
    void aChainThatRecoversLinkByLinkMakesNoStreamOfUpdates() {
        Story.TenantLine tenant = story.tenant("acme").needs("r00", 300);
        String[] ids = new String[30];
        ids[0] = "r00";
        for (int i = 1; i < ids.length; i++) {
            ids[i] = String.format("r%02d", i);
            tenant.needs(ids[i], 300, ids[i - 1]);
        }
        begun(tenant, ids);
        bad("01:00", ids).watermark("07:00");
        for (int i = 0; i < 20; i++) {
            int second = 10 * i;
            good(String.format("%02d:%02d", 8 + second / 60, second % 60), ids[i]);
        }
        story.watermark("20:00");

        assertThat(story.saidOf(STUCK))
                .as("the first at once, and what it came to after the pause")
                .containsExactly(
                        "06:00 TenantDependencyStuck acme firing",
                        "08:00 TenantDependencyStuck acme updated",
                        "13:00 TenantDependencyStuck acme updated");
        assertThat(story.transitions).last().extracting(Transition::blocker).isEqualTo("r20");
    }

    @Test
    void goesOnWithAnotherBlockerWhoseTimeIsOverToo() {
        begun(twoBlockers(300), "a", "b", "x", "y");
        bad("01:00", "a", "x");
        bad("02:00", "b", "y").watermark("07:00");
        good("08:00", "a");

        assertThat(story.saidOf(STUCK))
                .containsExactly("06:00 TenantDependencyStuck acme firing", "08:00 TenantDependencyStuck acme updated");
        good("09:00", "b");
        assertThat(story.saidOf(STUCK)).last().isEqualTo("09:00 TenantDependencyStuck acme resolved eased");
    }

    private Story.TenantLine twoBlockers(int timeoutOfB) {
        return story.tenant("acme")
                .needs("a", 300)
                .needs("b", timeoutOfB)
                .needs("x", 300, "a")
                .needs("y", 300, "b");
    }

    @Test
    void easesWhenTheOtherBlockersTimeIsNotOverYet() {
        begun(twoBlockers(600), "a", "b", "x", "y");
        bad("01:00", "a", "x", "b", "y").watermark("06:00");
        good("08:00", "a").watermark("10:59");
        assertThat(story.saidOf(STUCK))
                .containsExactly(
                        "06:00 TenantDependencyStuck acme firing", "08:00 TenantDependencyStuck acme resolved eased");

        story.restarted().watermark("11:00");

        assertThat(story.saidOf(STUCK)).last().isEqualTo("11:00 TenantDependencyStuck acme firing");
        assertThat(story.transitions).last().extracting(Transition::blocker).isEqualTo("b");
    }

    @Test
    void aCycleFiresAtOnce() {
        story.epoch("00:00", 1).emptyFrame("00:00", Story.TENANT).emptyFrame("00:00", Story.DEPLOYMENT);
        story.watermark("00:01");
        story.tenant("acme").needs("a", 300, "b").needs("b", 300, "a").modified("01:00");
        story.watermark("01:00");

        assertThat(story.saidOf(STUCK)).containsExactly("01:00 TenantDependencyStuck acme firing");
        assertThat(story.transitions.get(0).blocker()).isNull();
        assertThat(story.transitions.get(0).diagnosis().cycles()).containsExactly(List.of("a", "b", "a"));
        story.tenant("acme").version("2").needs("a", 300).needs("b", 300, "a").modified("02:00");
        assertThat(story.saidOf(STUCK)).last().isEqualTo("02:00 TenantDependencyStuck acme resolved eased");
    }

    @Test
    void aMissingIdFiresAtOnceAndIsProvenByALaterSpec() {
        begun(story.tenant("acme").needs("a", 300), "a");
        story.tenant("acme").version("2").needs("a", 300, "nowhere").modified("01:00");
        story.tenant("acme").version("3").needs("a", 300).modified("01:01");

        assertThat(story.saidOf(STUCK))
                .containsExactly(
                        "01:00 TenantDependencyStuck acme firing",
                        "01:01 TenantDependencyStuck acme resolved recovered");
    }

    @Test
    void aLaterObservationOfTheBlockerProvesTheDeadline() {
        begun(chain(), "db", "api", "web");
        bad("01:00", "db", "api");
        good("06:30", "db");

        assertThat(story.saidOf(STUCK))
                .containsExactly(
                        "06:00 TenantDependencyStuck acme firing", "06:30 TenantDependencyStuck acme resolved eased");
    }

    @Test
    void anObservationOfWhatWaitsProvesNothing() {
        begun(chain(), "db", "api", "web");
        bad("01:00", "db", "api");
        good("06:30", "api");

        assertThat(story.saidOf(STUCK)).isEmpty();
    }

    @Test
    void aDeletedBlockerGoesOnAndADeletedTenantResolves() {
        begun(chain(), "db", "api", "web");
        bad("01:00", "db", "api");
        story.deployment("acme", "db").deleted("03:00").watermark("06:00");
        chain().deleted("07:00");

        assertThat(story.saidOf(STUCK))
                .containsExactly(
                        "06:00 TenantDependencyStuck acme firing", "07:00 TenantDependencyStuck acme resolved deleted");
        assertThat(story.memory.indexed()).isZero();
    }

    @Test
    void aGapOfTheBlockersKindIsNotCounted() {
        begun(chain(), "db", "api", "web");
        bad("01:00", "db", "api").watermark("02:00");
        relist("04:00", "2");
        story.watermark("07:59");
        assertThat(story.saidOf(STUCK)).isEmpty();

        story.watermark("08:00");

        assertThat(story.saidOf(STUCK)).containsExactly("08:00 TenantDependencyStuck acme firing");
        assertThat(story.transitions.get(0).frozen()).isEqualTo(Duration.ofMinutes(2));
        assertThat(story.transitions.get(0).unproven()).isTrue();
    }

    @Test
    void theSameResourceVersionBridgesAGap() {
        begun(chain(), "db", "api", "web");
        bad("01:00", "db", "api").watermark("02:00");
        relist("04:00", "1");
        story.watermark("06:00");

        assertThat(story.saidOf(STUCK)).containsExactly("06:00 TenantDependencyStuck acme firing");
    }

    /** The oracle's history 401113: while services are still to be listed, Ready=False may be their doing; not so behind that. */
    @Test
    void inWhateverOrderKindsAreListedTheTenantsConditionBridgesAGap() {
        story.watches(Story.SERVICE);
        Story.TenantLine tenant = chain().needsServices("svc");
        begun(tenant, "db", "api", "web").begin("00:01", Story.SERVICE);
        story.service("acme", "svc").ready("00:01", Change.SNAPSHOT).end("00:01", Story.SERVICE);
        bad("01:00", "db", "api");
        tenant.condition("Ready", "False", "NotAllResourcesReady", "01:00").modified("01:00");
        story.watermark("02:00").epoch("04:00", 2).begin("04:00", Story.TENANT);
        tenant.snapshot("04:00").end("04:00", Story.TENANT);
        story.begin("04:00", Story.DEPLOYMENT)
                .deployment("acme", "db")
                .version("2")
                .notReady("04:00", Change.SNAPSHOT);
        story.deployment("acme", "api").notReady("04:00", Change.SNAPSHOT);
        story.deployment("acme", "web").ready("04:00", Change.SNAPSHOT).end("04:00", Story.DEPLOYMENT);
        story.begin("04:00", Story.SERVICE).service("acme", "svc").ready("04:00", Change.SNAPSHOT);
        story.end("04:00", Story.SERVICE).watermark("06:00");

        assertThat(story.saidOf(STUCK)).containsExactly("06:00 TenantDependencyStuck acme firing");
        assertThat(story.transitions.get(0).frozen()).isZero();
    }

    private void relist(String at, String versionOfDb) {
        story.gap("02:00", at, false, Story.DEPLOYMENT).begin(at, Story.DEPLOYMENT);
        story.deployment("acme", "db").version(versionOfDb).notReady(at, Change.SNAPSHOT);
        story.deployment("acme", "api").notReady(at, Change.SNAPSHOT);
        story.deployment("acme", "web").ready(at, Change.SNAPSHOT);
        story.end(at, Story.DEPLOYMENT);
    }

    @Test
    void nothingFiresOrResolvesWhileAKindIsBlind() {
        begun(chain(), "db", "api", "web");
        bad("01:00", "db", "api").watermark("05:00");
        story.cover(Story.DEPLOYMENT, KindCoverage.BLIND).watermark("07:00");
        assertThat(story.saidOf(STUCK)).isEmpty();

        story.gap("05:00", "08:00", true, Story.DEPLOYMENT)
                .cover(Story.DEPLOYMENT, KindCoverage.LIVE)
                .watermark("08:05");

        assertThat(story.saidOf(STUCK)).containsExactly("06:00 TenantDependencyStuck acme firing");
    }

    @Test
    void atFirstSightItIsNotYoungerThanTheTenantsCondition() {
        story.epoch("60:00", 1).begin("60:00", Story.TENANT);
        chain().condition("Ready", "False", "NotAllResourcesReady", "10:00")
                .snapshot("60:00")
                .end("60:00", Story.TENANT);
        story.begin("60:00", Story.DEPLOYMENT);
        story.deployment("acme", "db").created("58:00").notReady("60:00", Change.SNAPSHOT);
        story.end("60:00", Story.DEPLOYMENT).watermark("62:59");
        assertThat(story.saidOf(STUCK)).isEmpty();

        story.watermark("63:00");

        assertThat(story.saidOf(STUCK)).containsExactly("63:00 TenantDependencyStuck acme firing");
    }

    @Test
    void oneThatIsNotWaitedForHoldsBackOnlyUntilItExists() {
        ObjectId object = new ObjectId("apps", "Deployment", "ns", "cache");
        Dependency cache = new Dependency("cache", object, List.of(), false, Duration.ofMinutes(5), false);
        begun(story.tenant("acme").needs(cache).needs("api", 300, "cache"), "cache", "api");
        bad("01:00", "cache", "api").watermark("08:00");
        assertThat(story.saidOf(STUCK)).isEmpty();

        story.deployment("acme", "cache").deleted("10:00").watermark("15:00");

        assertThat(story.saidOf(STUCK)).containsExactly("15:00 TenantDependencyStuck acme firing");
    }

    /** The oracle's history 500554: it was there, though not ready, until the gap began. */
    @Test
    void oneThatIsNotWaitedForIsMissedNoLongerThanItIsGone() {
        ObjectId db = new ObjectId("apps", "Deployment", "ns", "db");
        Story.TenantLine tenant = story.tenant("acme")
                .needs(new Dependency("db", db, List.of(), false, Duration.ofMinutes(5), false))
                .needs("api", 300, "db")
                .condition("Ready", "False", "NotAllResourcesReady", "00:00");
        begun(tenant, "db", "api");
        bad("01:00", "db", "api").watermark("02:00");
        story.gap("02:00", "10:00", false, Story.DEPLOYMENT).begin("10:00", Story.DEPLOYMENT);
        story.deployment("acme", "api").notReady("10:00", Change.SNAPSHOT);
        story.end("10:00", Story.DEPLOYMENT).watermark("11:00");

        assertThat(story.saidOf(STUCK)).containsExactly("07:00 TenantDependencyStuck acme firing");
    }

    /** The oracle's history 501736: a watermark that does not cover its kind says nothing of when it went. */
    @Test
    void oneThatWasNeverSeenIsMissedSinceTheTenantsConditionTellsSo() {
        ObjectId db = new ObjectId("apps", "Deployment", "ns", "db");
        story.epoch("10:00", 1).begin("10:00", Story.TENANT);
        story.tenant("acme")
                .needs(new Dependency("db", db, List.of(), false, Duration.ofMinutes(5), false))
                .needs(new Dependency(
                        "api",
                        new ObjectId("apps", "Deployment", "ns", "api"),
                        List.of("db"),
                        false,
                        Duration.ofMinutes(5),
                        false))
                .created("00:00")
                .condition("Ready", "False", "NotAllResourcesReady", "01:00")
                .snapshot("10:00")
                .end("10:00", Story.TENANT);
        story.cover(Story.DEPLOYMENT, KindCoverage.BLIND).watermark("11:00");
        story.emptyFrame("12:00", Story.DEPLOYMENT)
                .cover(Story.DEPLOYMENT, KindCoverage.LIVE)
                .watermark("12:01");

        assertThat(story.saidOf(STUCK)).containsExactly("06:00 TenantDependencyStuck acme firing");
    }

    @Test
    void oneThatIsCreatedOnceHoldsBackNobodyOnceItExists() {
        ObjectId object = new ObjectId("apps", "Deployment", "ns", "seed");
        Dependency seed = new Dependency("seed", object, List.of(), true, Duration.ofMinutes(5), true);
        begun(story.tenant("acme").needs(seed).needs("api", 300, "seed"), "seed", "api");
        bad("01:00", "seed", "api").watermark("14:00");

        assertThat(story.saidOf(STUCK)).isEmpty();
    }

    @Test
    void aDetectorThatIsKilledInTheMiddleSaysTheSame() {
        begun(chain(), "db", "api", "web").restarted();
        bad("01:00", "db", "api").restarted();
        story.watermark("06:00").restarted();
        good("08:00", "db").restarted();

        assertThat(story.saidOf(STUCK))
                .containsExactly(
                        "06:00 TenantDependencyStuck acme firing", "08:00 TenantDependencyStuck acme resolved eased");
    }

    @Test
    void aLongerTimeoutInTheSpecEasesAnAlertThatFires() {
        begun(chain(), "db", "api", "web");
        bad("01:00", "db", "api").watermark("06:00");
        story.tenant("acme")
                .version("2")
                .needs("db", 900)
                .needs("api", 300, "db")
                .needs("web", 300, "api")
                .modified("07:00")
                .watermark("16:00");

        assertThat(story.saidOf(STUCK))
                .containsExactly(
                        "06:00 TenantDependencyStuck acme firing",
                        "07:00 TenantDependencyStuck acme resolved eased",
                        "16:00 TenantDependencyStuck acme firing");
    }
}
