package io.tenantpulse.detect;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantpulse.model.Dependency;
import io.tenantpulse.model.Facts;
import io.tenantpulse.model.ObjectId;
import io.tenantpulse.model.Readiness;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Histories of several resources and kinds that were made up to break TenantNotConverged. */
class AttackedOwnReadinessTest {
    private static final String OWN = "TenantNotConverged";

    private Story story = new Story().watches(Story.DEPLOYMENT, Story.SERVICE);

    /** A cluster in which everything is known and live, with one tenant that needs two resources, both ready. */
    private Story healthy() {
        story.epoch("00:00", 1).begin("00:00", Story.TENANT);
        needing().snapshot("00:00");
        story.end("00:00", Story.TENANT).begin("00:00", Story.DEPLOYMENT);
        story.deployment("acme", "db").ready("00:00", Change.SNAPSHOT);
        story.end("00:00", Story.DEPLOYMENT).begin("00:00", Story.SERVICE);
        story.service("acme", "svc").ready("00:00", Change.SNAPSHOT);
        return story.end("00:00", Story.SERVICE).watermark("00:01");
    }

    private Story.TenantLine needing() {
        return story.tenant("acme").needsDeployments("db").needsServices("svc");
    }

    @Test
    void aFrameFromMemoryDoesNotMakeABlindKindVisible() {
        healthy().deployment("acme", "db").notReady("01:00", Change.MODIFIED).watermark("16:00");
        story.cover(Story.SERVICE, KindCoverage.BLIND).watermark("17:00");
        story.deployment("acme", "db").ready("18:00", Change.MODIFIED);
        story.begin("19:00", Story.SERVICE, true, 0);
        story.service("acme", "svc").ready("19:00", Change.SNAPSHOT);
        story.end("19:00", Story.SERVICE);
        needing().version("2").modified("19:01").watermark("20:00");

        assertThat(story.said).containsExactly("16:00 TenantNotConverged acme firing");
    }

    @Test
    void theFrameFromMemoryOfATruncatedLogShowsWhatDoesNotExist() {
        story.watermark("00:01").begin("01:00", Story.TENANT, true, 0);
        story.tenant("acme").needsDeployments("db").snapshot("01:00").end("01:00", Story.TENANT);
        story.begin("01:00", Story.DEPLOYMENT, true, 0).end("01:00", Story.DEPLOYMENT);
        story.watermark("01:05").watermark("16:00");

        assertThat(story.said).containsExactly("16:00 TenantNotConverged acme firing");
    }

    @Test
    void theTimeInWhichAResourceCouldNotBeDecodedIsNotCounted() {
        healthy().deployment("acme", "db").notReady("01:00", Change.MODIFIED);
        story.deployment("acme", "db").undecodable("02:00").watermark("20:00");
        story.deployment("acme", "db").version("2").notReady("21:00", Change.MODIFIED);
        story.watermark("34:59");
        assertThat(story.said).isEmpty();

        story.watermark("35:00");

        assertThat(story.said).containsExactly("35:00 TenantNotConverged acme firing");
        assertThat(story.transitions.get(0).frozen()).isEqualTo(Duration.ofMinutes(19));
        assertThat(story.transitions.get(0).unproven()).isTrue();
    }

    @Test
    void anotherResourceBridgesTheTimeInWhichOneCouldNotBeDecoded() {
        healthy().deployment("acme", "db").notReady("01:00", Change.MODIFIED);
        story.service("acme", "svc").undecodable("02:00").watermark("10:00");
        story.service("acme", "svc")
                .version("2")
                .ready("11:00", Change.MODIFIED)
                .watermark("16:00");

        assertThat(story.said).containsExactly("16:00 TenantNotConverged acme firing");
        assertThat(story.transitions.get(0).unproven()).isFalse();
    }

    @Test
    void anObjectThatCouldNeverBeDecodedExists() {
        healthy();
        story.deployment("acme", "api").uid("").undecodable("00:59");
        story.tenant("acme")
                .needsDeployments("db", "api")
                .needsServices("svc")
                .version("2")
                .modified("01:00");
        story.watermark("40:00");

        assertThat(story.said).isEmpty();
        story.deployment("acme", "api").uid("r2").deleted("41:00").watermark("56:00");
        assertThat(story.said).containsExactly("56:00 TenantNotConverged acme firing");
    }

    @Test
    void anObjectThatAppearsUndecodableLeavesWhatWasKnownFrozen() {
        healthy().deployment("acme", "db").deleted("01:00").watermark("16:00");
        story.deployment("acme", "db").uid("r2").undecodable("17:00").watermark("18:00");
        assertThat(story.said).containsExactly("16:00 TenantNotConverged acme firing");

        story.deployment("acme", "db").uid("r2").ready("19:00", Change.MODIFIED);

        assertThat(story.said).last().isEqualTo("19:00 TenantNotConverged acme resolved recovered");
    }

    @Test
    void whatTurnedReadyWhileAnotherKindWasBlindStartsAnewWhenItBreaksAgain() {
        healthy().deployment("acme", "db").notReady("01:00", Change.MODIFIED).watermark("04:00");
        story.cover(Story.SERVICE, KindCoverage.BLIND).watermark("04:05");
        story.deployment("acme", "db").ready("05:00", Change.MODIFIED);
        story.deployment("acme", "db").notReady("08:00", Change.MODIFIED);
        story.gap("04:00", "09:00", true, Story.SERVICE)
                .cover(Story.SERVICE, KindCoverage.LIVE)
                .watermark("09:05")
                .watermark("22:59");
        assertThat(story.said).isEmpty();

        story.watermark("23:00");

        assertThat(story.said).containsExactly("23:00 TenantNotConverged acme firing");
        assertThat(story.transitions.get(0).since()).isEqualTo(Story.time("08:00"));
    }

    @Test
    void aBlindKindBridgesNoGapOfAnother() {
        healthy().service("acme", "svc").notReady("01:00", Change.MODIFIED).watermark("05:00");
        story.cover(Story.SERVICE, KindCoverage.BLIND).watermark("05:05").watermark("10:00");
        story.gap("10:00", "12:00", false, Story.DEPLOYMENT).begin("12:00", Story.DEPLOYMENT);
        story.deployment("acme", "db").ready("12:01", Change.SNAPSHOT);
        story.end("12:01", Story.DEPLOYMENT).watermark("12:05");
        story.gap("05:00", "30:00", false, Story.SERVICE).begin("30:00", Story.SERVICE);
        story.service("acme", "svc").version("9").notReady("30:00", Change.SNAPSHOT);
        story.end("30:00", Story.SERVICE)
                .cover(Story.SERVICE, KindCoverage.LIVE)
                .watermark("40:59");
        assertThat(story.saidOf(OWN)).isEmpty();

        story.watermark("41:00");

        assertThat(story.saidOf(OWN)).containsExactly("41:00 TenantNotConverged acme firing");
        assertThat(story.transitions)
                .last()
                .satisfies(said -> assertThat(said.frozen()).isEqualTo(Duration.ofMinutes(25)));
    }

    @Test
    void ofAGapOnlyWhatNothingProvesIsFrozen() {
        healthy().deployment("acme", "db").notReady("01:00", Change.MODIFIED).watermark("05:00");
        story.cover(Story.SERVICE, KindCoverage.BLIND).watermark("05:05").watermark("10:00");
        story.gap("10:00", "12:00", false, Story.DEPLOYMENT).begin("12:00", Story.DEPLOYMENT);
        story.deployment("acme", "db").version("2").notReady("12:00", Change.SNAPSHOT);
        story.end("12:01", Story.DEPLOYMENT).watermark("12:05");
        story.gap("05:00", "30:00", false, Story.SERVICE).begin("30:00", Story.SERVICE);
        story.service("acme", "svc").version("9").ready("30:00", Change.SNAPSHOT);
        story.end("30:00", Story.SERVICE).cover(Story.SERVICE, KindCoverage.LIVE);
        story.watermark("30:05");

        assertThat(story.saidOf(OWN)).containsExactly("23:00 TenantNotConverged acme firing");
        assertThat(story.transitions)
                .last()
                .satisfies(said -> assertThat(said.frozen()).isEqualTo(Duration.ofMinutes(7)));
    }

    @Test
    void aTenantThatCannotBeSeenProvesNoStart() {
        healthy();
        needing().condition("Ready", "False", "X", "01:00").version("2").modified("01:00");
        story.watermark("05:00").cover(Story.TENANT, KindCoverage.BLIND).watermark("05:05");
        story.gap("05:05", "30:00", false, Story.DEPLOYMENT).begin("30:00", Story.DEPLOYMENT);
        story.deployment("acme", "db").version("2").notReady("30:00", Change.SNAPSHOT);
        story.end("30:00", Story.DEPLOYMENT);
        story.gap("05:00", "31:00", true, Story.TENANT).cover(Story.TENANT, KindCoverage.LIVE);
        needing().condition("Ready", "True", "X", "06:00").version("3").modified("31:00");
        story.watermark("31:05");

        assertThat(story.saidOf(OWN)).isEmpty();
    }

    @Test
    void whatARelistShowsToBeRequiredWasNotMissedBefore() {
        healthy().deployment("acme", "api").notReady("00:10", Change.ADDED);
        needing().condition("Ready", "False", "X", "00:20").version("2").modified("00:20");
        story.watermark("20:00").gap("20:00", "22:00", false, Story.TENANT).begin("22:00", Story.TENANT);
        needing()
                .needsDeployments("api")
                .condition("Ready", "False", "X", "00:20")
                .version("3")
                .snapshot("22:00");
        story.end("22:00", Story.TENANT).watermark("22:05").watermark("34:59");
        assertThat(story.saidOf(OWN)).isEmpty();

        story.watermark("35:00");
        assertThat(story.saidOf(OWN)).containsExactly("35:00 TenantNotConverged acme firing");
    }

    @Test
    void whatIsKeptFiringEndsInTimeThoughItBreaksAgainBeforeTheWatermark() {
        Rule kept = new Rule(
                OWN, Rule.Predicate.NOT_CONVERGED, Duration.ofMinutes(15), Severity.WARNING, Duration.ofMinutes(5));
        story = new Story(new Rules(List.of(kept), List.of(), null, null, null, Rules.GapPolicy.FREEZE))
                .watches(Story.DEPLOYMENT, Story.SERVICE);
        healthy().deployment("acme", "db").notReady("01:00", Change.MODIFIED).watermark("16:00");
        story.deployment("acme", "db").ready("17:00", Change.MODIFIED).watermark("21:58");
        story.deployment("acme", "db").notReady("22:03", Change.MODIFIED).watermark("22:05");

        assertThat(story.said)
                .containsExactly(
                        "16:00 TenantNotConverged acme firing", "22:00 TenantNotConverged acme resolved recovered");
    }

    @Test
    void whatIsFoundWhenAKindIsBackIsNotOlderThanItsNews() {
        healthy().cover(Story.DEPLOYMENT, KindCoverage.BLIND).watermark("05:00");
        story.gap("00:01", "10:00", true, Story.DEPLOYMENT);
        story.deployment("acme", "db").deleted("10:04");
        story.cover(Story.DEPLOYMENT, KindCoverage.LIVE).watermark("10:01", "10:05");
        story.watermark("25:03");
        assertThat(story.saidOf(OWN)).isEmpty();

        story.watermark("25:05");
        assertThat(story.saidOf(OWN)).containsExactly("25:05 TenantNotConverged acme firing");
    }

    @Test
    void aResourceMadeAnewInsideAGapBridgesNothing() {
        healthy()
                .deployment("acme", "db")
                .version("5")
                .notReady("01:00", Change.MODIFIED)
                .watermark("10:00");
        story.gap("10:00", "20:00", false, Story.DEPLOYMENT).begin("20:00", Story.DEPLOYMENT);
        story.deployment("acme", "db").uid("r2").version("5").notReady("20:00", Change.SNAPSHOT);
        story.end("20:00", Story.DEPLOYMENT).watermark("25:59");
        assertThat(story.said).isEmpty();

        story.watermark("26:00");

        assertThat(story.said).containsExactly("26:00 TenantNotConverged acme firing");
    }

    @Test
    void aTenantThatAnotherAsksForIsMissedWhenAFrameOfTenantsLacksIt() {
        Story nested = new Story();
        ObjectId inner = new ObjectId("operator.kubernetes-tenants.org", "Tenant", "ns", "inner");
        nested.epoch("00:00", 1).begin("00:00", Story.TENANT);
        asking(nested, inner, "00:00");
        readyTenant(nested, inner, "00:00");
        nested.end("00:00", Story.TENANT).watermark("00:01");

        nested.epoch("10:00", 2).begin("10:00", Story.TENANT);
        asking(nested, inner, "10:00");
        nested.end("10:00", Story.TENANT).watermark("25:00");

        assertThat(nested.said).containsExactly("25:00 TenantNotConverged outer firing");
    }

    private static void asking(Story story, ObjectId inner, String at) {
        story.send(new Observation.OfTenant(
                story.id("outer"),
                story.next(),
                Story.time(at),
                Change.SNAPSHOT,
                "u1",
                "1",
                Story.bare(),
                java.util.List.of(new Dependency(
                        "inner", inner, java.util.List.of(), true, java.time.Duration.ofMinutes(5), false))));
    }

    private static void readyTenant(Story story, ObjectId inner, String at) {
        story.send(new Observation.OfResource(
                story.id("outer"),
                story.next(),
                Story.time(at),
                Change.SNAPSHOT,
                inner,
                "u2",
                "1",
                "inner",
                true,
                Readiness.READY,
                null,
                Story.MIDNIGHT,
                Facts.NONE));
    }

    /** Found by the oracle: whatever it was that could not be decoded, the spec does not ask for it. */
    @Test
    void anObjectThatNobodyAsksForAndCannotBeDecodedFreezesNothing() {
        healthy().deployment("acme", "old").ready("00:30", Change.ADDED);
        story.deployment("acme", "db").notReady("01:00", Change.MODIFIED);
        story.deployment("acme", "old").undecodable("02:00");
        story.service("acme", "svc").notReady("03:30", Change.MODIFIED);
        story.deployment("acme", "db").ready("04:00", Change.MODIFIED);
        story.deployment("acme", "old").ready("10:00", Change.MODIFIED).watermark("16:00");

        assertThat(story.saidOf(OWN)).containsExactly("16:00 TenantNotConverged acme firing");
    }

    /** The oracle's history 90159: nothing was known of the object that the id names now, and its kind can't be seen. */
    @Test
    void anIdThatNamesAnObjectOfAnotherKindKeepsNoClockOfTheFormer() {
        story.epoch("00:00", 1).begin("00:00", Story.TENANT);
        story.tenant("acme").needsDeployments("db").snapshot("00:00").end("00:00", Story.TENANT);
        story.emptyFrame("00:00", Story.DEPLOYMENT).emptyFrame("00:00", Story.SERVICE);
        story.watermark("01:00").cover(Story.SERVICE, KindCoverage.FORBIDDEN).watermark("02:00");
        story.tenant("acme").needsServices("db").generation(2).modified("03:00");
        story.gap("01:00", "20:00", false, Story.SERVICE).emptyFrame("20:00", Story.SERVICE);
        story.cover(Story.SERVICE, KindCoverage.LIVE).watermark("34:59");
        assertThat(story.saidOf("TenantNotConverged")).isEmpty();

        story.watermark("35:00");

        assertThat(story.saidOf("TenantNotConverged")).containsExactly("35:00 TenantNotConverged acme firing");
    }
}
