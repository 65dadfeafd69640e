package io.tenantpulse.trends;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantpulse.model.TenantId;
import io.tenantpulse.topology.serde.StateSerde;
import java.time.Instant;
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
}
