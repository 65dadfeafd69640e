package io.tenantpulse.topology.serde;

import io.tenantpulse.schema.UndecodableRecordException;
import io.tenantpulse.trends.ByHealth;
import io.tenantpulse.trends.Incidents;
import io.tenantpulse.trends.KindLoad;
import io.tenantpulse.trends.Members;
import io.tenantpulse.trends.Partial;
import io.tenantpulse.trends.Population;
import io.tenantpulse.trends.Quantiles;
import io.tenantpulse.trends.ReadyTimes;
import io.tenantpulse.trends.Report;
import io.tenantpulse.trends.Scope;
import io.tenantpulse.trends.TopCounts;
import io.tenantpulse.trends.Totals;
import io.tenantpulse.trends.TrendWindow;
import io.tenantpulse.trends.WindowClosed;
import io.tenantpulse.v1.HealthAmounts;
import io.tenantpulse.v1.TrendPartial;
import io.tenantpulse.v1.TrendTotals;
import io.tenantpulse.v1.TrendWindowClosed;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.apache.avro.specific.SpecificRecord;

/** Turns what is counted into records, and reads partials back. */
final class TrendRecords {
    private TrendRecords() {}

    static SpecificRecord toRecord(Report report) {
        if (report instanceof Partial partial) {
            return TrendPartial.newBuilder()
                    .setPartition(partial.partition())
                    .setCluster(partial.cluster())
                    .setStart(partial.start())
                    .setScope(partial.scope().key())
                    .setTotals(toRecord(partial.totals()))
                    .build();
        }
        if (report instanceof WindowClosed closed) {
            return TrendWindowClosed.newBuilder()
                    .setPartition(closed.partition())
                    .setCluster(closed.cluster())
                    .setStart(closed.start())
                    .setBlind(closed.blind())
                    .setGone(closed.gone())
                    .build();
        }
        throw new AssertionError(report);
    }

    /** @throws UndecodableRecordException if it is not a partition's report, or one that this version does not understand */
    static Report report(SpecificRecord value) {
        try {
            if (value instanceof TrendPartial partial) {
                return new Partial(
                        partial.getPartition(),
                        partial.getCluster(),
                        partial.getStart(),
                        Scope.parse(partial.getScope()),
                        totals(partial.getTotals()));
            }
        } catch (IllegalArgumentException | UncheckedIOException e) {
            throw new UndecodableRecordException("a partial cannot be read: " + e.getMessage(), e);
        }
        if (value instanceof TrendWindowClosed closed) {
            return new WindowClosed(
                    closed.getPartition(),
                    closed.getCluster(),
                    closed.getStart(),
                    List.copyOf(closed.getBlind()),
                    closed.getGone());
        }
        throw new UndecodableRecordException(
                "a record of type " + value.getSchema().getFullName() + " does not belong to the partials");
    }

    static io.tenantpulse.v1.TrendWindow toRecord(TrendWindow window) {
        return io.tenantpulse.v1.TrendWindow.newBuilder()
                .setScope(window.scope().key())
                .setCluster(
                        window.scope().cluster().isEmpty()
                                ? null
                                : window.scope().cluster())
                .setSize(window.size().word())
                .setStart(window.start())
                .setEnd(window.end())
                .setRevision(window.revision())
                .setBlindClusters(window.blindClusters())
                .setMinutes(window.minutes())
                .setTotals(toRecord(window.totals()))
                .build();
    }

    private static TrendTotals toRecord(Totals from) {
        Population population = from.population();
        Members members = from.members();
        Incidents incidents = from.incidents();
        return TrendTotals.newBuilder()
                .setTenantMillis(amounts(population.time()))
                .setAtStart(amounts(population.atStart()))
                .setAtEnd(amounts(population.atEnd()))
                .setTurns(population.turns())
                .setAdded(amounts(population.added()))
                .setRemoved(amounts(population.removed()))
                .setMembers(members.count())
                .setMembersByCause(counts(members.byCause()))
                .setMembersByTemplateGeneration(counts(members.byTemplateGeneration()))
                .setFirstSince(members.firstSince())
                .setLastSince(members.lastSince())
                .setOpenedByCause(counts(incidents.openedByCause()))
                .setOpenedByBlocker(counts(incidents.openedByBlocker()))
                .setClosedByCause(counts(incidents.closedByCause()))
                .setClosedByBlocker(counts(incidents.closedByBlocker()))
                .setIncidentLength(bytes(incidents.length()))
                .setRecovered(incidents.recovered())
                .setRecoveryMillis(incidents.recoveryMillis())
                .setNotReadyByKind(each(
                        from.notReadyByKind(), load -> new io.tenantpulse.v1.KindLoad(load.millis(), load.atEnd())))
                .setTimeToReady(bytes(from.timeToReady()))
                .setReadyByResource(each(
                        from.readyByResource(),
                        times -> new io.tenantpulse.v1.ReadyTimes(
                                bytes(times.times()),
                                times.overTimeout(),
                                times.timeout().toMillis())))
                .setRestarts(from.restarts())
                .setLate(from.late())
                .build();
    }

    private static Totals totals(TrendTotals from) {
        return new Totals(
                new Population(
                        amounts(from.getTenantMillis()),
                        amounts(from.getAtStart()),
                        amounts(from.getAtEnd()),
                        new TreeMap<>(from.getTurns()),
                        amounts(from.getAdded()),
                        amounts(from.getRemoved())),
                new Members(
                        from.getMembers(),
                        counts(from.getMembersByCause()),
                        counts(from.getMembersByTemplateGeneration()),
                        from.getFirstSince(),
                        from.getLastSince()),
                new Incidents(
                        counts(from.getOpenedByCause()),
                        counts(from.getOpenedByBlocker()),
                        counts(from.getClosedByCause()),
                        counts(from.getClosedByBlocker()),
                        quantiles(from.getIncidentLength()),
                        from.getRecovered(),
                        from.getRecoveryMillis()),
                new TreeMap<>(each(from.getNotReadyByKind(), load -> new KindLoad(load.getMillis(), load.getAtEnd()))),
                quantiles(from.getTimeToReady()),
                new TreeMap<>(each(
                        from.getReadyByResource(),
                        times -> new ReadyTimes(
                                quantiles(times.getTimes()),
                                times.getOverTimeout(),
                                Duration.ofMillis(times.getTimeoutMillis())))),
                from.getRestarts(),
                from.getLate());
    }

    private static <A, B> Map<String, B> each(Map<String, A> from, Function<A, B> convert) {
        Map<String, B> to = new HashMap<>();
        from.forEach((name, value) -> to.put(name, convert.apply(value)));
        return to;
    }

    private static HealthAmounts amounts(ByHealth from) {
        return new HealthAmounts(
                from.blind(),
                from.unknown(),
                from.failed(),
                from.mismatched(),
                from.notReady(),
                from.progressing(),
                from.healthy());
    }

    private static ByHealth amounts(HealthAmounts from) {
        return new ByHealth(
                from.getBlind(),
                from.getUnknown(),
                from.getFailed(),
                from.getMismatched(),
                from.getNotReady(),
                from.getProgressing(),
                from.getHealthy());
    }

    private static io.tenantpulse.v1.TopCounts counts(TopCounts from) {
        return new io.tenantpulse.v1.TopCounts(from.counts(), from.other());
    }

    private static TopCounts counts(io.tenantpulse.v1.TopCounts from) {
        return new TopCounts(new TreeMap<>(from.getCounts()), from.getOther());
    }

    private static ByteBuffer bytes(Quantiles from) {
        return ByteBuffer.wrap(from.toBytes());
    }

    private static Quantiles quantiles(ByteBuffer from) {
        byte[] bytes = new byte[from.remaining()];
        from.duplicate().get(bytes);
        return Quantiles.ofBytes(bytes);
    }
}
