package io.tenantpulse.bench.oracle.surge;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Random;

/** Rules of surges as people might write them, and worse. */
final class RandomSettings {
    private static final List<Long> TENANTS = List.of(1L, 2L, 3L, 5L, 5L, 7L, 10L, 20L);
    private static final List<String> SHARES = List.of("0.01", "0.05", "0.05", "0.07", "0.1", "0.29", "0.5", "1");
    private static final List<String> FACTORS = List.of("0", "1", "1.1", "1.5", "2", "3", "3", "3");
    private static final List<Integer> BASELINES = List.of(15, 30, 50, 60, 60, 90, 120, 180);
    private static final List<String> CLEARS = List.of("0.3", "0.5", "0.5", "0.55", "0.7", "0.9", "1");
    private static final List<String> DOMINANTS = List.of("0.51", "0.55", "0.6", "0.7", "0.8", "0.8", "1");
    private static final List<Integer> HOLD_SECONDS = List.of(0, 60, 90, 180, 180, 300);
    private static final List<Integer> KEEP_SECONDS = List.of(0, 60, 90, 180, 180, 300, 600);

    private RandomSettings() {}

    static SurgeSetting of(Random random) {
        return new SurgeSetting(
                one(TENANTS, random),
                new BigDecimal(one(SHARES, random)),
                new BigDecimal(one(FACTORS, random)),
                Duration.ofMinutes(one(BASELINES, random)),
                new BigDecimal(one(CLEARS, random)),
                new BigDecimal(one(DOMINANTS, random)),
                Duration.ofSeconds(one(HOLD_SECONDS, random)),
                Duration.ofSeconds(one(KEEP_SECONDS, random)));
    }

    static <T> T one(List<T> all, Random random) {
        return all.get(random.nextInt(all.size()));
    }
}
