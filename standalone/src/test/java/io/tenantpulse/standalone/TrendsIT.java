package io.tenantpulse.standalone;

import static io.tenantpulse.standalone.DetectorLog.second;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tenantpulse.v1.HealthAmounts;
import io.tenantpulse.v1.TrendPartial;
import io.tenantpulse.v1.TrendWindow;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Trends on a real broker: what was counted survives deaths and rebalances in the middle of a window, exactly once. */
@Timeout(600)
class TrendsIT {
    private static final long MINUTE = 60_000;
    private static final String[] TENANTS =
            IntStream.range(0, 12).mapToObj(n -> "t" + n).toArray(String[]::new);

    /** The tenant was so from then on. */
    private record Stood(Instant at, boolean healthy) {}

    @TempDir
    Path dir;

    private final Random random = new Random(20260301);
    private final DetectorLog alpha = new DetectorLog("alpha", 1);
    private final Map<String, List<Stood>> history = new TreeMap<>();
    private DetectorInstallation installation;

    @BeforeEach
    void open() throws Exception {
        installation = new DetectorInstallation("trends", dir);
    }

    @AfterEach
    void close() throws Exception {
        installation.close();
    }

    @Test
    void countsEveryMillisecondOnceThoughKilledAndRebalancedInTheMiddleOfWindows() throws Exception {
        alpha.begin(0, TENANTS);
        for (String tenant : TENANTS) {
            history.put(tenant, new ArrayList<>(List.of(new Stood(second(0), true))));
        }
        change(1, 135);
        Process first = installation.startProcess("one");
        installation.awaitProcessed();
        DetectorInstallation.kill(first);

        change(135, 200);
        Process again = installation.startProcess("one");
        awaitWindow("fleet", second(60));
        change(200, 330);
        DetectorInstallation.kill(again);
        installation.startProcess("one");
        Process other = installation.startProcess("two");
        change(330, 460);
        installation.awaitProcessed();
        change(460, 520);
        DetectorInstallation.kill(other);
        change(520, 700);

        long last = second(695).toEpochMilli();
        for (String scope : List.of("fleet", "cluster/alpha", "namespace/alpha/tenants")) {
            awaitWindow(scope, second(700 - 65));
            checkWindows(scope, last);
        }
        assertThat(installation.read(installation.topics.trendPartials(), TrendPartial.class).stream()
                        .map(partial -> partial.getPartition() + "@" + partial.getStart() + partial.getScope()))
                .doesNotHaveDuplicates();
    }

    private void change(long from, long to) {
        for (long at = from; at < to; at++) {
            if (random.nextBoolean()) {
                String tenant = TENANTS[random.nextInt(TENANTS.length)];
                boolean healthy = random.nextBoolean();
                alpha.counts(at, tenant, healthy ? 3 : 1, 3);
                history.get(tenant).add(new Stood(second(at), healthy));
            }
            if (at % 5 == 0) {
                alpha.watermark(at);
            }
        }
        installation.write(alpha.drain());
    }

    private void awaitWindow(String scope, Instant inside) {
        await(scope + "'s window of " + inside + " is closed")
                .atMost(Duration.ofSeconds(180))
                .pollInterval(Duration.ofMillis(300))
                .until(() -> windows(scope).stream()
                        .anyMatch(window -> !window.getStart().isAfter(inside)
                                && window.getEnd().isAfter(inside)));
    }

    private List<TrendWindow> windows(String scope) {
        return installation.read(installation.topics.trends(), TrendWindow.class).stream()
                .filter(window ->
                        window.getScope().equals(scope) && window.getSize().equals("1m"))
                .toList();
    }

    private void checkWindows(String scope, long last) {
        Map<Long, TrendWindow> told = new TreeMap<>();
        for (TrendWindow window : windows(scope)) {
            assertThat(told.put(window.getStart().toEpochMilli(), window))
                    .as("told once")
                    .isNull();
            assertThat(window.getRevision()).isZero();
        }
        long begin = second(0).toEpochMilli();
        for (long start = begin - begin % MINUTE; start + MINUTE <= last; start += MINUTE) {
            assertThat(told).as(scope).containsKey(start);
            check(told.get(start), start);
        }
    }

    private void check(TrendWindow window, long start) {
        long healthy = 0;
        long mismatched = 0;
        long healthyAtEnd = 0;
        Map<String, Long> turns = new TreeMap<>();
        for (List<Stood> tenant : history.values()) {
            for (int i = 0; i < tenant.size(); i++) {
                long from = tenant.get(i).at().toEpochMilli();
                long to = i + 1 < tenant.size() ? tenant.get(i + 1).at().toEpochMilli() : Long.MAX_VALUE;
                boolean good = tenant.get(i).healthy();
                long millis = Math.max(0, Math.min(to, start + MINUTE) - Math.max(from, start));
                healthy += good ? millis : 0;
                mismatched += good ? 0 : millis;
                healthyAtEnd += good && from < start + MINUTE && to >= start + MINUTE ? 1 : 0;
                boolean turned = i > 0 && tenant.get(i - 1).healthy() != good;
                if (turned && from >= start && from < start + MINUTE) {
                    turns.merge(good ? "mismatched>healthy" : "healthy>mismatched", 1L, Long::sum);
                }
            }
        }
        assertThat(window.getTotals().getTenantMillis()).isEqualTo(amounts(healthy, mismatched));
        assertThat(window.getTotals().getAtEnd()).isEqualTo(amounts(healthyAtEnd, TENANTS.length - healthyAtEnd));
        assertThat(window.getTotals().getTurns()).isEqualTo(turns);
        assertThat(window.getTotals().getMembers()).isEqualTo(TENANTS.length - healthyAtEnd);
    }

    private static HealthAmounts amounts(long healthy, long mismatched) {
        return HealthAmounts.newBuilder()
                .setHealthy(healthy)
                .setMismatched(mismatched)
                .build();
    }
}
