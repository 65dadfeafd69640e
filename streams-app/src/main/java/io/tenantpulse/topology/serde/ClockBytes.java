package io.tenantpulse.topology.serde;

import io.tenantpulse.detect.Clock;
import io.tenantpulse.detect.Flips;
import io.tenantpulse.detect.IncidentState;
import io.tenantpulse.detect.OwnGap;
import io.tenantpulse.detect.Severity;
import io.tenantpulse.detect.Stretch;
import io.tenantpulse.detect.Told;
import io.tenantpulse.trends.Health;
import io.tenantpulse.trends.Standing;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** What was concluded of a tenant over time, in the bytes of state. A component is read where it is written. */
final class ClockBytes {
    private ClockBytes() {}

    static void put(StateWriter out, Clock clock) {
        out.word(clock.rule());
        out.word(clock.reason());
        out.word(clock.severity());
        put(out, clock.stretch());
        out.duration(clock.timeout());
        out.maybe(clock.subject(), StateWriter::word);
        out.maybe(clock.firedAt(), StateWriter::time);
        out.maybe(clock.keepUntil(), StateWriter::time);
        out.maybe(clock.told(), ClockBytes::put);
    }

    static Clock clock(StateReader in) {
        return new Clock(
                in.word(),
                in.word(),
                in.word(Severity.class),
                stretch(in),
                in.duration(),
                in.maybe(StateReader::word),
                in.maybe(StateReader::time),
                in.maybe(StateReader::time),
                in.maybe(ClockBytes::told));
    }

    static void put(StateWriter out, Stretch stretch) {
        out.time(stretch.since());
        out.duration(stretch.frozen());
        out.flag(stretch.unproven());
        out.time(stretch.accountedTo());
        out.maybe(stretch.owed(), ClockBytes::put);
        out.maybe(stretch.frozenTo(), StateWriter::time);
    }

    static Stretch stretch(StateReader in) {
        return new Stretch(
                in.time(), in.duration(), in.flag(), in.time(), in.maybe(ClockBytes::gap), in.maybe(StateReader::time));
    }

    private static void put(StateWriter out, OwnGap gap) {
        out.time(gap.from());
        out.time(gap.to());
    }

    private static OwnGap gap(StateReader in) {
        return new OwnGap(in.time(), in.time());
    }

    private static void put(StateWriter out, Told told) {
        out.maybe(told.cause(), StateWriter::word);
        out.maybe(told.resource(), StateWriter::word);
        out.maybe(told.blocker(), StateWriter::word);
        out.time(told.at());
    }

    private static Told told(StateReader in) {
        return new Told(
                in.maybe(StateReader::word), in.maybe(StateReader::word), in.maybe(StateReader::word), in.time());
    }

    static void put(StateWriter out, IncidentState incident) {
        out.text(incident.id());
        out.time(incident.since());
        out.time(incident.openedAt());
        out.word(incident.severity());
        out.words(incident.alerts());
        out.maybe(incident.told(), ClockBytes::put);
        out.words(incident.blockers());
        out.maybe(incident.counts(), FactsBytes::put);
    }

    static IncidentState incident(StateReader in) {
        return new IncidentState(
                in.text(),
                in.time(),
                in.time(),
                in.word(Severity.class),
                in.words(),
                in.maybe(ClockBytes::told),
                in.words(),
                in.maybe(FactsBytes::counts));
    }

    static void put(StateWriter out, Flips flips) {
        put(out, flips.own());
        put(out, flips.mismatch());
    }

    static Flips flips(StateReader in) {
        return new Flips(series(in), series(in));
    }

    private static void put(StateWriter out, Flips.Series series) {
        out.maybe(series.last(), StateWriter::flag);
        out.flag(series.counted());
        out.each(series.at(), StateWriter::time);
    }

    private static Flips.Series series(StateReader in) {
        return new Flips.Series(in.maybe(StateReader::flag), in.flag(), in.each(StateReader::time));
    }

    static void put(StateWriter out, Standing standing) {
        out.word(standing.health());
        out.word(standing.registry());
        out.word(standing.template());
        out.maybe(standing.templateGeneration(), StateWriter::number);
        out.number(standing.notReadyByKind().size());
        for (Map.Entry<String, Integer> each : standing.notReadyByKind().entrySet()) {
            out.word(each.getKey());
            out.number(each.getValue());
        }
        out.maybe(standing.unhealthySince(), StateWriter::time);
        out.maybe(standing.cause(), StateWriter::word);
        out.maybe(standing.causeDue(), StateWriter::time);
        out.maybe(standing.rollout(), StateWriter::time);
        out.flag(standing.unsettled());
        out.flag(standing.timed());
        out.maybe(standing.rolledOut(), StateWriter::number);
    }

    static Standing standing(StateReader in) {
        return new Standing(
                in.word(Health.class),
                in.word(),
                in.word(),
                in.maybe(StateReader::number),
                kinds(in),
                in.maybe(StateReader::time),
                in.maybe(StateReader::word),
                in.maybe(StateReader::time),
                in.maybe(StateReader::time),
                in.flag(),
                in.flag(),
                in.maybe(StateReader::number));
    }

    private static SortedMap<String, Integer> kinds(StateReader in) {
        SortedMap<String, Integer> kinds = new TreeMap<>();
        for (int left = in.count(); left > 0; left--) {
            String kind = in.word();
            kinds.put(kind, in.count());
        }
        return kinds;
    }
}
