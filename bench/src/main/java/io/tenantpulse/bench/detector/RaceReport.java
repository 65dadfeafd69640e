package io.tenantpulse.bench.detector;

import io.tenantpulse.bench.detector.Entrant.Make;
import java.util.Locale;
import java.util.Optional;

/** A ranking as a table, ratios first. */
final class RaceReport {
    private static final int MIB = 1 << 20;

    private final Race.Ranking ranking;

    RaceReport(Race.Ranking ranking) {
        this.ranking = ranking;
    }

    String table() {
        LogSpec spec = ranking.log().spec();
        StringBuilder text = new StringBuilder(String.format(
                Locale.ROOT,
                "### %s: %,d tenants, %.0f %% of the events change a tenant's state%n%n"
                        + "%,d records of %d bytes after %,d to warm up.%n%n"
                        + "| contender | CPU of B's | of Streams', doing nothing | of the ordinary app's, exactly once | of Flink's on the heap | CPU-s/M"
                        + " | records/s | bytes allocated per record | peak RSS MiB | first listing, cold, CPU-s/M | alerts of the literal rules |%n"
                        + "|---|---|---|---|---|---|---|---|---|---|---|%n",
                spec.kind() == LogSpec.Kind.TENANTS ? "Tenant records" : "Resource records",
                spec.tenants(),
                spec.changing() * 100,
                ranking.log().total() - ranking.log().warm(),
                ranking.log().bytesPerRecord(),
                ranking.log().warm()));
        for (Race.Finish each : ranking.finishes()) {
            Measurement measured = each.measured();
            text.append(String.format(
                    Locale.ROOT,
                    "| %s | %s | %s | %s | %s | %.2f | %.0f | %d | %d | %.1f | %s |%n",
                    each.entrant().words(),
                    ratio(each, Make.COPY, false),
                    ratio(each, Make.NOTHING, true),
                    ratio(each, Make.ORDINARY, true),
                    ratio(each, Make.FLINK_HEAP, false),
                    measured.cpuSecondsPerMillion(),
                    measured.recordsPerSecond(),
                    measured.allocatedPerRecord(),
                    measured.peakBytes() / MIB,
                    measured.listedCpuSecondsPerMillion(),
                    each.firings() == null ? "" : String.valueOf(each.firings().count())));
        }
        return text.toString();
    }

    private String ratio(Race.Finish finish, Make beside, boolean exactlyOnce) {
        return find(beside, exactlyOnce, 1)
                .map(other -> String.format(Locale.ROOT, "%.2f", of(finish, other)))
                .orElse("");
    }

    private static double of(Race.Finish one, Race.Finish other) {
        return one.measured().cpuSecondsPerMillion() / other.measured().cpuSecondsPerMillion();
    }

    Optional<Race.Finish> find(Make make, boolean exactlyOnce, int threads) {
        return ranking.finishes().stream()
                .filter(each -> each.entrant().equals(new Entrant(make, threads, exactlyOnce)))
                .findFirst();
    }

    /** CPU of ours, exactly once on one thread, of another's; empty if one of them did not run. */
    Optional<Double> ours(Make beside, boolean exactlyOnce) {
        return find(Make.OURS, true, 1)
                .flatMap(ours -> find(beside, exactlyOnce, 1).map(other -> of(ours, other)));
    }
}
