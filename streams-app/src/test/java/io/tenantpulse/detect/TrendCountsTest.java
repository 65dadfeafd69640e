package io.tenantpulse.detect;

import static io.tenantpulse.detect.Story.DEPLOYMENT;
import static io.tenantpulse.detect.Story.TENANT;
import static org.assertj.core.api.Assertions.assertThat;

import io.tenantpulse.model.Container;
import io.tenantpulse.model.Facts;
import io.tenantpulse.model.ObjectId;
import io.tenantpulse.model.PodFacts;
import io.tenantpulse.trends.ByHealth;
import io.tenantpulse.trends.Health;
import io.tenantpulse.trends.Incidents;
import io.tenantpulse.trends.Members;
import io.tenantpulse.trends.Totals;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the trends are told of tenants that come, go, stand otherwise, restart, and of incidents. */
class TrendCountsTest {
    private static final String POD = "Pod";

    private final Story story = new Story().watches(DEPLOYMENT, POD);

    private Story live() {
        story.emptyFrame("00:00", TENANT).emptyFrame("00:00", DEPLOYMENT).emptyFrame("00:00", POD);
        return story.watermark("00:01");
    }

    private Story.TenantLine acme() {
        return story.tenant("acme").template("web").created("00:10");
    }

    private Story.TenantLine acme(String ready) {
        return acme().condition("Ready", ready, "X", "00:10");
    }

    private Totals counted(String scope) {
        story.watermark("240:00").watermark("241:00");
        return soFar(scope);
    }

    private Totals soFar(String scope) {
        return story.trends.windows.entrySet().stream()
                .filter(each -> each.getKey().startsWith(scope + '@'))
                .map(Map.Entry::getValue)
                .reduce(Totals.NONE, Totals::beside);
    }

    private Totals web() {
        return counted("template/c1/ns/web");
    }

    @Test
    void countsEveryWayInWhichATenantStands() {
        live();
        acme().seen("01:00", Change.ADDED);
        acme().version("2").condition("Progressing", "True", "X", "00:10").modified("02:00");
        acme("True").version("3").counts(3, 3, 0).modified("03:00");
        acme("False").version("4").counts(2, 3, 0).modified("04:00");
        acme("False").version("5").counts(1, 3, 2).modified("05:00");
        acme("False").version("6").counts(3, 3, 0).modified("06:00");
        acme("Unknown").version("7").counts(3, 3, 0).modified("07:00");
        acme("True").version("8").seen("08:00", Change.UNDECODABLE);
        acme("True").version("9").counts(3, 3, 0).modified("09:00");
        acme("True")
                .version("10")
                .counts(3, 3, 0)
                .condition("Degraded", "True", "X", "10:00")
                .modified("10:00");
        acme("True").version("11").counts(3, 3, 0).deleting("11:00").modified("11:00");
        acme("True").version("11").deleted("12:00");

        story.watermark("13:00");
        Totals all = soFar("template/c1/ns/web");
        assertThat(all.population().turns())
                .isEqualTo(Map.of(
                        "unknown>progressing", 1L,
                        "progressing>healthy", 1L,
                        "healthy>mismatched", 1L,
                        "mismatched>failed", 1L,
                        "failed>not-ready", 1L,
                        "not-ready>unknown", 1L,
                        "unknown>blind", 1L,
                        "blind>healthy", 1L,
                        "healthy>not-ready", 1L,
                        "not-ready>progressing", 1L));
        long minute = 60_000;
        assertThat(all.population().time())
                .isEqualTo(new ByHealth(minute, 2 * minute, minute, minute, 2 * minute, 2 * minute, 2 * minute));
        assertThat(all.population().added()).isEqualTo(ByHealth.of(Health.UNKNOWN, 1));
        assertThat(all.population().removed()).isEqualTo(ByHealth.of(Health.PROGRESSING, 1));
    }

    @Test
    void whatTheOperatorCountsIsTroubleThoughItSaysNothingOfReady() {
        live();
        acme().counts(2, 3, 1).seen("01:00", Change.ADDED);
        acme().version("2").counts(2, 3, 0).modified("02:00");
        acme().version("3")
                .counts(3, 3, 0)
                .condition("Degraded", "True", "X", "02:00")
                .modified("03:00");
        acme().version("4").counts(3, 3, 0).modified("04:00");

        assertThat(web().population().turns())
                .isEqualTo(Map.of("failed>mismatched", 1L, "mismatched>not-ready", 1L, "not-ready>unknown", 1L));
    }

    @Test
    void aKindOutOfSightIsBlindFromItsLastProofOn() {
        live();
        acme("True").counts(3, 3, 0).seen("01:00", Change.ADDED);
        story.watermark("02:00").cover(TENANT, KindCoverage.BLIND).watermark("02:30");
        story.cover(TENANT, KindCoverage.LIVE).watermark("04:00").watermark("05:00");

        Totals all = soFar("template/c1/ns/web");
        assertThat(all.population().turns()).isEqualTo(Map.of("healthy>blind", 1L, "blind>healthy", 1L));
        assertThat(all.population().time()).isEqualTo(new ByHealth(120_000, 0, 0, 0, 0, 0, 120_000));
    }

    @Test
    void tenantsAreAddedWhenTheyAreSeenFirstAndRemovedWhenTheyGo() {
        live();
        acme("True").seen("01:00", Change.ADDED);
        story.tenant("beta")
                .template("web")
                .condition("Ready", "True", "X", "00:10")
                .seen("01:00", Change.ADDED);
        acme("True").deleted("02:00");
        acme("False").uid("u2").seen("03:00", Change.ADDED);
        acme("True").uid("u3").modified("04:00");
        story.begin("05:00", TENANT);
        acme("True").uid("u3").snapshot("05:00");
        story.end("05:00", TENANT);

        Totals all = web();
        assertThat(all.population().added()).isEqualTo(new ByHealth(0, 0, 0, 0, 1, 0, 3));
        assertThat(all.population().removed()).isEqualTo(new ByHealth(0, 0, 0, 0, 1, 0, 2));
        assertThat(all.population().turns()).isEmpty();
    }

    @Test
    void aTenantThatGetsAnotherTemplateLeavesOneScopeForAnotherAndStaysInTheCluster() {
        live();
        acme("True").seen("01:00", Change.ADDED);
        acme("True").version("2").template("batch").modified("02:00");

        assertThat(web().population().removed().total()).isEqualTo(1);
        assertThat(counted("template/c1/ns/batch").population().added().total()).isEqualTo(1);
    }

    private void pod(String at, String uid, Change change, int main, int proxy) {
        List<Container> containers = List.of(
                new Container("main", false, "img:1", true, main, "running", null, null, null, null, null),
                new Container("proxy", false, "img:1", true, proxy, "running", null, null, null, null, null));
        PodFacts facts = new PodFacts("Running", null, "n1", true, containers);
        Story.ResourceLine line = story.object("acme", new ObjectId("", "Pod", "ns", "db-1"))
                .of("db")
                .uid(uid)
                .facts(new Facts(null, null, List.of(), null, facts, null, null, null, List.of()));
        line.ready(at, change);
    }

    @Test
    void countsRestartsOfContainersSinceTheyWereSeenFirst() {
        live();
        acme("True").seen("01:00", Change.ADDED);
        pod("01:00", "p1", Change.ADDED, 7, 0);
        pod("02:00", "p1", Change.MODIFIED, 9, 1);
        pod("03:00", "p1", Change.MODIFIED, 9, 1);
        story.restarted();
        pod("04:00", "p1", Change.MODIFIED, 10, 1);
        pod("05:00", "p2", Change.MODIFIED, 4, 4);
        pod("06:00", "p2", Change.MODIFIED, 4, 5);

        assertThat(web().restarts()).isEqualTo(5);
    }

    private void firing() {
        story.begin("00:00", TENANT);
        acme().needs("db", 3600).counts(1, 1, 0).snapshot("00:00").end("00:00", TENANT);
        story.emptyFrame("00:00", POD).begin("00:00", DEPLOYMENT);
        story.deployment("acme", "db").ready("00:00", Change.SNAPSHOT);
        story.end("00:00", DEPLOYMENT).watermark("00:01");
        story.deployment("acme", "db").notReady("01:00", Change.MODIFIED);
        story.podWaiting("01:01", "db", "ImagePullBackOff").watermark("16:00");
    }

    @Test
    void countsIncidentsByCauseAndRootBlockerAndHowLongTheyTook() {
        firing();
        story.podDeleted("20:00", "db").deployment("acme", "db").ready("21:00", Change.MODIFIED);

        assertThat(story.incidents).extracting(IncidentChange::status).contains(IncidentChange.Status.ENDED);
        Incidents all = web().incidents();
        assertThat(all.openedByCause().counts()).isEqualTo(Map.of("ImagePull", 1L));
        assertThat(all.openedByBlocker().counts()).isEqualTo(Map.of("db", 1L));
        assertThat(all.closedByCause().counts()).isEqualTo(Map.of("ImagePull", 1L));
        assertThat(all.closedByBlocker().counts()).isEqualTo(Map.of("db", 1L));
        assertThat(all.recovered()).isEqualTo(1);
        assertThat(all.meanTimeToRecovery()).hasMinutes(20);
        assertThat(all.length().count()).isEqualTo(1);
    }

    @Test
    void anIncidentOfATenantThatGoesClosesAndDidNotRecover() {
        firing();
        acme().deleted("20:00");

        Incidents all = web().incidents();
        assertThat(all.opened()).isEqualTo(1);
        assertThat(all.closed()).isEqualTo(1);
        assertThat(all.recovered()).isZero();
        assertThat(all.length().isEmpty()).isTrue();
    }

    private void rolled(String at, String ready, long generation, long templateGeneration) {
        acme(ready)
                .version(at)
                .generation(generation)
                .templateGeneration(templateGeneration)
                .modified(at);
    }

    @Test
    void whatAnotherGenerationOfItsTemplateMadeUnhealthyIsAMemberOfItUntilItIsHealthy() {
        live();
        acme("True").templateGeneration(7).seen("01:00", Change.SNAPSHOT);
        rolled("02:10", "False", 2, 8);
        story.watermark("03:00");
        assertThat(members(2).byTemplateGeneration().counts()).isEqualTo(Map.of("ns/web@8", 1L));

        rolled("03:10", "True", 2, 8);
        story.watermark("04:00");
        assertThat(members(3)).isEqualTo(Members.NONE);
        rolled("04:10", "False", 2, 8);
        story.watermark("05:00");
        assertThat(members(4).count()).isEqualTo(1);
        assertThat(members(4).byTemplateGeneration().counts()).isEmpty();
    }

    /** A template is rolled out while the exporter is restarted. */
    @Test
    void aGenerationThatCameWhileNobodyLookedIsNamedAsWell() {
        live();
        acme("True").templateGeneration(7).seen("01:00", Change.ADDED);
        story.watermark("09:00").epoch("09:10", 2);
        story.begin("09:20", TENANT);
        acme("False")
                .version("2")
                .generation(2)
                .templateGeneration(8)
                .snapshot("09:20")
                .end("09:20", TENANT);
        story.watermark("09:21").watermark("10:00");

        assertThat(members(9).count()).isEqualTo(1);
        assertThat(members(9).byTemplateGeneration().counts()).isEqualTo(Map.of("ns/web@8", 1L));
    }

    @Test
    void aTenantThatIsSlowAtFirstIsAMemberOfTheGenerationFromWhenItIsUnhealthyOn() {
        live();
        acme("True").templateGeneration(7).seen("01:00", Change.SNAPSHOT);
        acme("True")
                .condition("Progressing", "True", "X", "02:10")
                .version("2")
                .generation(2)
                .templateGeneration(8)
                .modified("02:10");
        story.watermark("03:00");
        assertThat(members(2)).isEqualTo(Members.NONE);

        rolled("03:10", "False", 2, 8);
        story.watermark("04:00");
        assertThat(members(3).byTemplateGeneration().counts()).isEqualTo(Map.of("ns/web@8", 1L));
    }

    @Test
    void theGenerationThatIsToMendATenantIsNotTheOneThatMadeItUnhealthy() {
        live();
        acme("True").templateGeneration(7).seen("01:00", Change.SNAPSHOT);
        rolled("02:10", "False", 2, 8);
        rolled("03:10", "False", 3, 9);
        story.watermark("04:00");
        assertThat(members(3).byTemplateGeneration().counts()).isEqualTo(Map.of("ns/web@8", 1L));

        rolled("04:10", "True", 3, 9);
        rolled("05:10", "False", 4, 10);
        story.watermark("06:00");
        assertThat(members(5).byTemplateGeneration().counts()).isEqualTo(Map.of("ns/web@10", 1L));
    }

    @Test
    void noGenerationMadeATenantUnhealthyThatWasSoBeforeOrIsNewOrWasEdited() {
        live();
        acme("True").templateGeneration(7).seen("01:00", Change.SNAPSHOT);
        rolled("01:10", "False", 1, 7);
        rolled("01:20", "False", 2, 8);
        acme("False")
                .created("02:00")
                .uid("u2")
                .version("2")
                .templateGeneration(8)
                .seen("02:00", Change.ADDED);
        story.watermark("02:00");
        assertThat(members(1).count()).isEqualTo(1);
        assertThat(members(1).byTemplateGeneration().counts()).isEmpty();
        story.watermark("03:00");
        assertThat(members(2).count()).isEqualTo(1);
        assertThat(members(2).byTemplateGeneration().counts()).isEmpty();

        story.tenant("acme")
                .template("web")
                .created("02:00")
                .uid("u2")
                .templateGeneration(8)
                .condition("Ready", "True", "X", "03:10")
                .version("3")
                .modified("03:10");
        story.tenant("acme")
                .template("web")
                .created("02:00")
                .uid("u2")
                .templateGeneration(8)
                .condition("Ready", "False", "X", "03:20")
                .version("4")
                .generation(2)
                .modified("03:20");
        story.watermark("04:00");
        assertThat(members(3).count()).isEqualTo(1);
        assertThat(members(3).byTemplateGeneration().counts()).isEmpty();
    }

    @Test
    void anotherTemplateIsNoGenerationOfTheOneThatATenantHad() {
        live();
        acme("True").templateGeneration(7).seen("01:00", Change.SNAPSHOT);
        acme("False")
                .template("batch")
                .templateGeneration(3)
                .version("2")
                .generation(2)
                .modified("02:10");
        story.watermark("03:00");

        Totals batch = story.trends.windows.get(
                "template/c1/ns/batch@" + Story.time("2:00").toEpochMilli());
        assertThat(batch.members().count()).isEqualTo(1);
        assertThat(batch.members().byTemplateGeneration().counts()).isEmpty();
    }

    private Members members(int minute) {
        String key = "template/c1/ns/web@" + Story.time(minute + ":00").toEpochMilli();
        return story.trends.windows.get(key).members();
    }
}
