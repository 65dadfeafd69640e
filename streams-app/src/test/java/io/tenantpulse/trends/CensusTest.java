package io.tenantpulse.trends;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantpulse.model.TenantId;
import io.tenantpulse.topology.serde.StateSerde;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CensusTest {
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    private static final String KIND = "Tenant.operator.kubernetes-tenants.org";

    private final MapCensusMemory memory = new MapCensusMemory();
    private final ToldWindows told = new ToldWindows();
    private final Census census = new Census(memory, told);

    private static Instant second(long n) {
        return NOON.plusSeconds(n);
    }

    private static Standing standing(Health health, Instant since) {
        Instant unhealthy = health.isUnhealthy() ? since : null;
        return new Standing(health, "r", "t", null, new TreeMap<>(), unhealthy, null, null, null, false, false, null);
    }

    private static TenantId tenant(String cluster, int n) {
        return new TenantId(cluster, "ns", "Tenant", "t" + n);
    }

    private void turn(int n, @Nullable Health from, @Nullable Health to, long at) {
        census.stands(
                tenant("a", n),
                from == null ? null : standing(from, NOON),
                to == null ? null : standing(to, NOON),
                second(at));
    }

    private Totals cluster(long window) {
        return told.windows.get(ToldWindows.key(Scope.cluster("a"), second(window)));
    }

    private static int partials(int flipsPerMinute) {
        ToldWindows windows = new ToldWindows();
        Census counted = new Census(new MapCensusMemory(), windows);
        for (int n = 0; n < 40; n++) {
            counted.stands(tenant("a", n), null, standing(Health.HEALTHY, NOON), NOON);
        }
        for (int minute = 0; minute < 10; minute++) {
            for (int flip = 0; flip < flipsPerMinute; flip++) {
                Instant at = second(minute * 60 + flip * 60L / flipsPerMinute);
                boolean odd = flip % 2 == 1;
                Standing up = standing(Health.HEALTHY, NOON);
                Standing down = standing(Health.FAILED, NOON);
                counted.stands(tenant("a", flip % 40), odd ? down : up, odd ? up : down, at);
            }
            counted.reach("a", second(60 * (minute + 1)));
        }
        return windows.windows.size() + windows.closed.size() + windows.fleet.size();
    }

    @Test
    void tellsAsMuchOfTenTimesAsManyEvents() {
        assertThat(partials(60)).isEqualTo(partials(600)).isEqualTo(10 * (4 + 2));
    }

    @Test
    void remembersLittleOfAFleetThatBreaksAllAtOnce() {
        for (int n = 0; n < 250_000; n++) {
            Instant broke = NOON.plusMillis(37L * n % 3_600_000);
            census.stands(tenant("a", n), null, standing(Health.FAILED, broke), second(3600));
        }
        census.flush();

        GroupState group = memory.groups().get(0);
        assertThat(group.levels().of(Health.FAILED)).isEqualTo(250_000);
        assertThat(group.unhealthySince()).hasSize(3600);
        // A producer refuses records of more than a mebibyte.
        assertThat(new StateSerde<>(GroupState.class).toBytes(group)).hasSizeLessThan(64 << 10);
    }

    @Test
    void isBlindFromTheLastProofOnWhenAKindGoesOutOfSight() {
        turn(1, null, Health.HEALTHY, 0);
        census.reach("a", second(30));

        census.sees("a", KIND, true, second(30));
        census.sees("a", KIND, false, second(75));
        census.reach("a", second(120));

        assertThat(cluster(0).population().time()).isEqualTo(new ByHealth(30_000, 0, 0, 0, 0, 0, 30_000));
        assertThat(cluster(60).population().time()).isEqualTo(new ByHealth(15_000, 0, 0, 0, 0, 0, 45_000));
        assertThat(cluster(0).population().turns()).containsEntry("healthy>blind", 1L);
        assertThat(cluster(60).population().turns()).containsEntry("blind>healthy", 1L);
    }

    @Test
    void aClusterTwoMinutesBehindTheFurthestDoesNotHoldTheFleetBack() {
        census.reach("a", second(0));
        census.reach("b", second(0));
        census.reach("a", second(120));
        assertThat(told.fleet).isEmpty();

        census.reach("b", second(60));
        assertThat(told.fleet).containsExactly(NOON.getEpochSecond() + "[]");

        census.reach("a", second(181));
        assertThat(told.fleet)
                .containsExactly(
                        NOON.getEpochSecond() + "[]",
                        second(60).getEpochSecond() + "[b]",
                        second(120).getEpochSecond() + "[b]");
    }

    @Test
    void passesOverAHoleAndCountsWhatHappenedInItOnce() {
        turn(1, null, Health.HEALTHY, 0);
        census.reach("a", second(30));
        census.sees("a", KIND, true, second(30));
        turn(1, Health.HEALTHY, Health.FAILED, 7200);
        census.sees("a", KIND, false, second(7210));
        turn(1, Health.FAILED, Health.HEALTHY, 7215);
        census.reach("a", second(7330));

        assertThat(told.closed).containsExactly("a@" + NOON.toEpochMilli());
        census.reach("a", second(7380));
        assertThat(cluster(7320).population().turns())
                .containsEntry("blind>failed", 1L)
                .containsEntry("failed>healthy", 1L);
        assertThat(cluster(7320).late()).isEqualTo(2);
        assertThat(cluster(7320).population().time()).isEqualTo(ByHealth.of(Health.HEALTHY, 60_000));
        assertThat(told.windows.keySet()).hasSize(8);
    }

    @Test
    void closesWhatIsOpenOfAClusterThatIsGoneAndForgetsIt() {
        turn(1, null, Health.HEALTHY, 0);
        census.reach("a", second(65));
        turn(1, Health.HEALTHY, null, 70);

        census.gone("a", second(70));
        census.flush();

        assertThat(cluster(60).population().removed()).isEqualTo(ByHealth.of(Health.HEALTHY, 1));
        assertThat(cluster(60).population().time()).isEqualTo(ByHealth.of(Health.HEALTHY, 10_000));
        assertThat(told.closed).last().asString().endsWith("!");
        assertThat(memory.groups()).isEmpty();
        assertThat(memory.clusters()).isEmpty();
    }

    @Test
    void countsWhatComesLateInTheOldestOpenWindowAndSaysSo() {
        turn(1, null, Health.HEALTHY, 0);
        census.reach("a", second(60));

        census.happens(Group.of(tenant("a", 1), "r", "t"), Counted.opened("ImagePull", null), second(59));
        census.reach("a", second(120));

        assertThat(cluster(0).incidents().opened()).isZero();
        assertThat(cluster(60).incidents().openedByCause().of("ImagePull")).isEqualTo(1);
        assertThat(cluster(60).late()).isEqualTo(1);
    }

    /** The kind of the tenants may be forbidden for days, while their objects are seen. */
    @Test
    void remembersFewWindowsWhileNoWatermarkComes() {
        turn(1, null, Health.HEALTHY, 0);
        census.reach("a", second(30));
        Group group = Group.of(tenant("a", 1), "r", "t");
        for (int minute = 1; minute <= 3 * 24 * 60; minute++) {
            boolean odd = minute % 2 == 1;
            turn(1, odd ? Health.HEALTHY : Health.FAILED, odd ? Health.FAILED : Health.HEALTHY, minute * 60L);
            census.happens(group, Counted.restarts(1), second(minute * 60L + 1));
        }
        census.flush();

        assertThat(memory.groups().get(0).windows()).hasSizeLessThan(20);
        assertThat(new StateSerde<>(GroupState.class).toBytes(memory.groups().get(0)))
                .hasSizeLessThan(64 << 10);
        long back = 3 * 24 * 3600 + 120;
        census.reach("a", second(back));
        assertThat(cluster(0).population().atEnd()).isEqualTo(ByHealth.of(Health.HEALTHY, 1));
        census.reach("a", second(back + 60));
        assertThat(cluster(back).restarts()).isEqualTo(3 * 24 * 60);
        assertThat(cluster(back).population().turns())
                .containsEntry("healthy>failed", 36 * 60L)
                .containsEntry("failed>healthy", 36 * 60L);
        assertThat(cluster(back).late()).isEqualTo(3 * 24 * 60);
    }

    @Test
    void remembersLittleOfTenantsThatAreIllForAllTimes() {
        for (int n = 0; n < 50_000; n++) {
            ill(n, null, NOON.minusSeconds(601L * n), null);
        }
        census.flush();

        GroupState group = memory.groups().get(0);
        assertThat(group.unhealthySince()).hasSizeBetween(1000, 4096);
        assertThat(new StateSerde<>(GroupState.class).toBytes(group)).hasSizeLessThan(128 << 10);
        census.reach("a", second(60));
        assertThat(cluster(0).members().lastSince()).isBetween(second(-group.grain() / 1000), NOON);
        for (int n = 0; n < 50_000; n++) {
            well(n, NOON.minusSeconds(601L * n), null, 61);
        }
        census.flush();
        assertThat(memory.groups().get(0).unhealthySince()).isEmpty();
        assertThat(memory.groups().get(0).grain()).isEqualTo(1000);
    }

    private Standing because(Instant since, @Nullable String cause) {
        return new Standing(
                Health.FAILED, "r", "t", null, new TreeMap<>(), since, cause, null, null, false, false, null);
    }

    private void ill(int n, @Nullable Standing before, Instant since, @Nullable String cause) {
        census.stands(tenant("a", n), before, because(since, cause), NOON);
    }

    private void well(int n, Instant since, @Nullable String cause, long at) {
        census.stands(tenant("a", n), because(since, cause), standing(Health.HEALTHY, NOON), second(at));
    }

    /** A Secret that is missing has another name for each tenant. */
    @Test
    void remembersLittleOfTenantsThatAreIllEachForAnObjectOfItsOwn() {
        Group group = Group.of(tenant("a", 0), "r", "t");
        String[] counted = new String[20_000];
        for (int n = 0; n < counted.length; n++) {
            counted[n] = census.admitted(
                    group, new CommonCause("ContainerConfig", "Secret of-tenant-" + n + "x".repeat(300)).key());
            ill(n, null, NOON, counted[n]);
        }
        census.flush();

        GroupState state = memory.groups().get(0);
        assertThat(state.causes()).hasSize(501);
        assertThat(new StateSerde<>(GroupState.class).toBytes(state)).hasSizeLessThan(256 << 10);
        census.reach("a", second(60));
        TopCounts causes = cluster(0).members().byCause();
        assertThat(causes.of("ContainerConfig")).isEqualTo(20_000 - TopCounts.LIMIT + 1);
        assertThat(causes.total()).isEqualTo(20_000);
        for (int n = 0; n < counted.length; n++) {
            well(n, NOON, counted[n], 61);
        }
        census.flush();
        assertThat(memory.groups().get(0).causes()).isEmpty();
    }

    @Test
    void aTenantThatChangesItsTemplateStaysInItsClusterAndTurnsThere() {
        turn(1, null, Health.HEALTHY, 0);
        census.reach("a", second(60));
        Standing batch = new Standing(
                Health.FAILED, "r", "batch", null, new TreeMap<>(), second(70), null, null, null, false, false, null);
        census.stands(tenant("a", 1), standing(Health.HEALTHY, NOON), batch, second(70));
        census.reach("a", second(120));

        for (Scope scope : List.of(Scope.cluster("a"), Scope.namespace("a", "ns"), Scope.registry("a", "ns", "r"))) {
            Population moved =
                    told.windows.get(ToldWindows.key(scope, second(60))).population();
            assertThat(moved.turns()).containsExactly(Map.entry("healthy>failed", 1L));
            assertThat(moved.added()).isEqualTo(ByHealth.NONE);
            assertThat(moved.removed()).isEqualTo(ByHealth.NONE);
        }
        Population left = told.windows
                .get(ToldWindows.key(Scope.template("a", "ns", "t"), second(60)))
                .population();
        assertThat(left.removed()).isEqualTo(ByHealth.of(Health.HEALTHY, 1));
        Population come = told.windows
                .get(ToldWindows.key(Scope.template("a", "ns", "batch"), second(60)))
                .population();
        assertThat(come.added()).isEqualTo(ByHealth.of(Health.FAILED, 1));
        assertThat(come.turns()).isEmpty();
    }

    @Test
    void aClusterCountsFromWhenItWasHeardOfThoughNoTenantOfItIsInThePartition() {
        census.hears("a", second(10));
        census.reach("a", second(130));

        assertThat(told.closed)
                .containsExactly("a@" + NOON.toEpochMilli(), "a@" + second(60).toEpochMilli());
    }
}
