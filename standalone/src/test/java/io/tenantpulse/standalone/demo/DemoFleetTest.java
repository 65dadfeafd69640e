package io.tenantpulse.standalone.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The simulated fleet keeps to what real operators and clusters do, and its script tells the truth about it. */
class DemoFleetTest {
    private static final Instant START = Instant.parse("2026-11-23T16:00:00Z");
    private static final Duration LIVED = Duration.ofMinutes(11);

    private static DemoFleet fleet;
    private static Map<String, Long> versionsAtStart;

    @BeforeAll
    static void liveForAWhile() {
        fleet = new DemoFleet(7, 60, START);
        versionsAtStart = fleet.clusters().stream()
                .collect(Collectors.toMap(
                        Function.identity(), name -> fleet.store(name).resourceVersion()));
        fleet.advanceTo(START.plus(LIVED));
    }

    @Test
    void isTheSameForTheSameSeedHoweverItIsDriven() {
        DemoFleet one = new DemoFleet(3, 12, START);
        DemoFleet other = new DemoFleet(3, 12, START);

        one.advanceTo(START.plusSeconds(300));
        for (int second = 0; second <= 300; second += 7) {
            other.advanceTo(START.plusSeconds(second));
        }
        other.advanceTo(START.plusSeconds(300));

        assertThat(everything(one)).isEqualTo(everything(other));
        assertThat(one.truth()).isEqualTo(other.truth());
    }

    @Test
    void isAnotherForAnotherSeed() {
        assertThat(everything(new DemoFleet(3, 12, START))).isNotEqualTo(everything(new DemoFleet(4, 12, START)));
    }

    @Test
    void hasAboutAsManyTenantsAsAskedFor() {
        assertThat(fleet.truth()).hasSizeBetween(55, 75);
        assertThat(Cast.GROUPS.stream()
                        .mapToInt(group -> Cast.size(group, 1000))
                        .sum())
                .isBetween(980, 1020);
    }

    @Test
    void hasTroubleOfAllAgesAtItsStart() {
        List<Truth> old = new DemoFleet(7, 60, START).truth();

        assertThat(old)
                .anyMatch(truth -> truth.cause() != null && age(truth, START).toMinutes() >= 40);
        assertThat(old)
                .anyMatch(truth -> truth.cause() != null
                        && age(truth, START).toSeconds() > 14 * 60
                        && age(truth, START).toSeconds() < 15 * 60);
    }

    @Test
    void tenantsThatAreWellConverge() {
        List<String> unwell = tenants()
                .filter(tenant -> truthOf(tenant).cause() == null)
                .filter(tenant -> age(truthOf(tenant), fleet.now()).toMinutes() >= 2)
                .filter(tenant -> !Conditions.isTrue(tenant.path("status"), "Ready"))
                .map(DemoFleetTest::name)
                .toList();

        // one pulls slowly, one flaps, some lost a pod with its node and wait for another: no case for an alert of 15
        // minutes
        assertThat(unwell).hasSizeLessThan(12);
        assertThat(tenants()
                        .filter(tenant -> Conditions.isTrue(tenant.path("status"), "Ready"))
                        .count())
                .isGreaterThan(25);
        assertThat(tenants().filter(tenant -> Conditions.isTrue(tenant.path("status"), "Ready")))
                .allSatisfy(tenant -> assertThat(tenant.path("status").path("readyResources"))
                        .isEqualTo(tenant.path("status").path("desiredResources")));
    }

    @Test
    void tenantsInTroubleAreNotReadyBecauseOfTheirBlockers() {
        List<ObjectNode> inTrouble = tenants()
                .filter(tenant -> truthOf(tenant).cause() != null)
                .filter(tenant -> age(truthOf(tenant), fleet.now()).toMinutes() >= 2)
                .toList();

        assertThat(inTrouble).hasSizeGreaterThan(20);
        assertThat(inTrouble.stream()
                        .filter(tenant -> Conditions.isTrue(tenant.path("status"), "Ready"))
                        .map(DemoFleetTest::name))
                .isEmpty();
        assertThat(inTrouble.stream()
                        .filter(tenant -> !"Conflict".equals(truthOf(tenant).cause())) // exists, but is another's
                        .filter(tenant -> truthOf(tenant).blockers().stream().anyMatch(id -> ready(tenant, id)))
                        .map(DemoFleetTest::name))
                .isEmpty();
    }

    @Test
    void tenantOperatorCountsWhatIsSlowAsNeitherReadyNorFailed() {
        List<ObjectNode> stuck = tenants()
                .filter(tenant -> tenant.path("kind").asText().equals("Tenant"))
                .filter(tenant -> Stream.of("ImagePull", "ReadinessProbe", "OOMKilled", "VolumePending", "CrashLoop")
                        .anyMatch(cause -> cause.equals(truthOf(tenant).cause())))
                .filter(tenant -> age(truthOf(tenant), fleet.now()).toMinutes() >= 2)
                .toList();

        assertThat(stuck).hasSizeGreaterThan(4).allSatisfy(tenant -> {
            JsonNode status = tenant.path("status");
            assertThat(status.has("failedResources")).isFalse();
            assertThat(status.has("observedGeneration")).isFalse();
            assertThat(status.path("readyResources").asInt())
                    .isLessThan(status.path("desiredResources").asInt());
            assertThat(status.path("desiredResources").asInt())
                    .isEqualTo(parts(tenant).size());
            assertThat(parts(tenant))
                    .allSatisfy(part -> assertThat(object(tenant, part)).isPresent());
        });
    }

    @Test
    void lynqFailsWhatIsSlowAfterItsTimeoutAndSkipsWhatDependsOnIt() {
        ObjectNode tenant = tenants()
                .filter(each -> "JobFailed".equals(truthOf(each).cause()))
                .filter(each -> each.path("kind").asText().equals("LynqNode"))
                .findFirst()
                .orElseThrow();
        JsonNode status = tenant.path("status");

        assertThat(status.path("failedResources").asInt()).isEqualTo(1);
        assertThat(strings(status.path("skippedResourceIds"))).containsExactlyInAnyOrder("api", "svc", "ing");
        assertThat(status.path("skippedResources").asInt()).isEqualTo(3);
        assertThat(status.path("observedGeneration"))
                .isEqualTo(tenant.path("metadata").path("generation"));
        assertThat(parts(tenant).stream()
                        .filter(part -> object(tenant, part).isEmpty())
                        .map(Part::id))
                .containsExactlyInAnyOrder("api", "svc", "ing");
    }

    @Test
    void aBrokenDependencyGraphLeavesAllCountsAbsent() {
        assertThat(tenants()
                        .filter(each -> Stream.of("DependencyCycle", "DependencyMissing")
                                .anyMatch(cause -> cause.equals(truthOf(each).cause()))))
                .hasSize(2)
                .allSatisfy(tenant -> {
                    assertThat(tenant.path("status").has("desiredResources")).isFalse();
                    assertThat(tenant.path("status").path("conditions").findValuesAsText("reason"))
                            .contains("DependencyError", "DependencyCycle");
                });
    }

    @Test
    void operatorsRewriteTenantsAsOftenAsRealOnes() {
        assertThat(writesPerTenantAndMinute("prod-eu")).isBetween(1.5, 4.0);
        assertThat(writesPerTenantAndMinute("prod-us")).isBetween(5.0, 8.5);
    }

    @Test
    void everyResourceVersionIsGivenOnce() {
        for (String cluster : fleet.clusters()) {
            ObjectStore store = fleet.store(cluster);
            List<Long> versions = store.types().stream()
                    .flatMap(type -> store.list(type).stream())
                    .map(object ->
                            object.path("metadata").path("resourceVersion").asLong())
                    .toList();

            assertThat(versions).doesNotHaveDuplicates().allMatch(version -> version <= store.resourceVersion());
        }
    }

    @Test
    void aDeletedTenantTakesEverythingWithIt() {
        DemoFleet other = new DemoFleet(11, 12, START);
        DemoCluster cluster = other.cluster("prod-us");
        SimTenant leaver = cluster.operator().tenants().stream()
                .filter(tenant -> tenant.blueprint.name().equals("crm") && tenant.troubles.isEmpty())
                .findFirst()
                .orElseGet(() -> cluster.operator().tenants().iterator().next());
        assertThat(namesIn(cluster)).anyMatch(name -> name.startsWith(leaver.uid + "-"));

        cluster.operator().remove(leaver);
        other.advanceTo(START.plusSeconds(40));

        assertThat(namesIn(cluster)).noneMatch(name -> name.startsWith(leaver.uid + "-"));
    }

    @Test
    void hidesCanariesWhereRealTenantsHideSecrets() {
        ObjectNode shop = tenants()
                .filter(tenant ->
                        tenant.path("spec").path("templateRef").asText().equals("shop"))
                .findFirst()
                .orElseThrow();

        assertThat(shop.path("spec").path("secrets").toString()).contains("canary-secret-");
        assertThat(shop.path("metadata").path("annotations").toString()).contains("canary-extra-");
        assertThat(fleet.store("prod-eu").list(Kinds.TENANT_TEMPLATE).toString())
                .contains("last-applied-configuration");
    }

    private static double writesPerTenantAndMinute(String cluster) {
        ResourceType type = fleet.cluster(cluster).operator().dialect().tenant();
        long writes = fleet.store(cluster).newsAfter(type, versionsAtStart.get(cluster), "").changes().stream()
                .filter(change -> change.type().equals("MODIFIED"))
                .count();
        return (double) writes
                / LIVED.toMinutes()
                / fleet.store(cluster).list(type).size();
    }

    private static Stream<ObjectNode> tenants() {
        return fleet.clusters().stream()
                .flatMap(cluster -> fleet.store(cluster).list(typeIn(cluster)).stream())
                .filter(tenant -> clusterOf(tenant)
                        .operator()
                        .tenant(namespace(tenant), name(tenant))
                        .filter(known -> known.leaving == null)
                        .isPresent());
    }

    private static ResourceType typeIn(String cluster) {
        return fleet.cluster(cluster).operator().dialect().tenant();
    }

    private static DemoCluster clusterOf(ObjectNode tenant) {
        return fleet.clusters().stream()
                .map(fleet::cluster)
                .filter(cluster -> cluster.store()
                        .peek(cluster.operator().dialect().tenant(), namespace(tenant), name(tenant))
                        .filter(found -> found.path("metadata")
                                .path("uid")
                                .equals(tenant.path("metadata").path("uid")))
                        .isPresent())
                .findFirst()
                .orElseThrow();
    }

    private static Truth truthOf(ObjectNode tenant) {
        String cluster = clusterOf(tenant).name();
        return fleet.truth().stream()
                .filter(truth -> truth.cluster().equals(cluster)
                        && truth.namespace().equals(namespace(tenant))
                        && truth.tenant().equals(name(tenant)))
                .findFirst()
                .orElseThrow();
    }

    private static List<Part> parts(ObjectNode tenant) {
        return clusterOf(tenant)
                .blueprint(tenant.path("spec").path("templateRef").asText())
                .parts();
    }

    private static boolean ready(ObjectNode tenant, String id) {
        Part part = parts(tenant).stream()
                .filter(each -> each.id().equals(id))
                .findFirst()
                .orElseThrow();
        return object(tenant, part)
                .filter(found -> OperatorReadiness.ready(part.type(), found))
                .isPresent();
    }

    private static Optional<ObjectNode> object(ObjectNode tenant, Part part) {
        return clusterOf(tenant)
                .store()
                .peek(
                        part.type(),
                        part.namespaceFor(namespace(tenant)),
                        part.nameFor(tenant.path("spec").path("uid").asText()));
    }

    private static List<String> namesIn(DemoCluster cluster) {
        return cluster.store().types().stream()
                .filter(type -> type != Kinds.EVENT)
                .flatMap(type -> cluster.store().list(type).stream())
                .map(DemoFleetTest::name)
                .toList();
    }

    private static String everything(DemoFleet any) {
        return any.clusters().stream()
                .flatMap(cluster -> any.store(cluster).types().stream()
                        .map(type -> any.store(cluster).list(type).toString()))
                .collect(Collectors.joining("\n"));
    }

    private static Duration age(Truth truth, Instant now) {
        return Duration.between(truth.since(), now);
    }

    private static List<String> strings(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false)
                .map(JsonNode::asText)
                .toList();
    }

    private static String name(ObjectNode object) {
        return object.path("metadata").path("name").asText();
    }

    private static String namespace(ObjectNode object) {
        return object.path("metadata").path("namespace").asText();
    }
}
