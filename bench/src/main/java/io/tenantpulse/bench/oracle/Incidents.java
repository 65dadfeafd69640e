package io.tenantpulse.bench.oracle;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The incidents of one tenant's life, from the runs of all its rules (DESIGN 4, Incident). */
final class Incidents {
    private final Era era;
    private final List<Run> runs;
    private final List<Incident> incidents = new ArrayList<>();

    /** A place in the log, and of what is decided there together the one after the other. */
    private record Point(int index, Instant at) implements Comparable<Point> {
        private static final Point NEVER = new Point(Integer.MAX_VALUE, Instant.MAX);

        @Override
        public int compareTo(Point other) {
            return index == other.index ? at.compareTo(other.at) : Integer.compare(index, other.index);
        }

        boolean isBefore(Point other) {
            return compareTo(other) < 0;
        }
    }

    /**
     * One incident.
     *
     * @param end where nothing holds any more
     */
    private record Incident(Point begin, Instant since, Point end) {}

    Incidents(Era era, List<Run> runs) {
        this.era = era;
        this.runs = runs;
        List<Run> fired = runs.stream()
                .filter(Run::isFired)
                .sorted(Comparator.comparing(Incidents::fired))
                .toList();
        for (Run first : fired) {
            if (incidents.isEmpty() || !fired(first).isBefore(last().end())) {
                incidents.add(new Incident(fired(first), first.since, endAfter(fired(first))));
            }
        }
    }

    private static Point fired(Run run) {
        return new Point(run.fired, run.firedAt);
    }

    private Point begun(Run run) {
        return new Point(run.begin, era.at(run.begin).observedAt());
    }

    /** Where it neither holds nor fires on any more. */
    private Point over(Run run) {
        if (run.over != Integer.MAX_VALUE) {
            return new Point(run.over, run.overAt);
        }
        return run.isFired() || run.end == Integer.MAX_VALUE
                ? Point.NEVER
                : new Point(run.end, era.at(run.end).observedAt());
    }

    private Incident last() {
        return incidents.get(incidents.size() - 1);
    }

    /** The first place at which something ended and nothing holds. */
    private Point endAfter(Point begin) {
        TreeSet<Point> places = new TreeSet<>();
        runs.forEach(run -> places.add(over(run)));
        for (Point place : places.tailSet(begin, true)) {
            if (runs.stream().noneMatch(run -> !place.isBefore(begun(run)) && place.isBefore(over(run)))) {
                return place;
            }
        }
        return Point.NEVER;
    }

    /** @param named whether alerts name their incident; that of a registry has no name */
    void tell(String scope, boolean named, List<Said> said) {
        for (Run run : runs) {
            if (!run.isFired()) {
                continue;
            }
            Incident incident = of(run);
            said.add(with(Oracle.firing(scope, run), null, named ? incident.since() : null));
            if (run.overAt != null) {
                said.add(with(
                        Oracle.resolved(scope, run),
                        run.gone == null ? reason(run, incident) : run.gone,
                        named ? incident.since() : null));
            }
        }
    }

    private Incident of(Run run) {
        for (Incident each : incidents) {
            if (!fired(run).isBefore(each.begin()) && fired(run).isBefore(each.end())) {
                return each;
            }
        }
        throw new AssertionError("no incident of " + run.rule.alert());
    }

    private String reason(Run ended, Incident incident) {
        if (!over(ended).isBefore(incident.end())) {
            return "recovered";
        }
        for (Run other : runs) {
            if (begun(other).equals(over(ended)) && other.rule.severity() > ended.rule.severity()) {
                return "escalated";
            }
        }
        return "eased";
    }

    private static Said with(Said said, @Nullable String reason, @Nullable Instant incident) {
        return new Said(
                said.alert(),
                said.scope(),
                said.label(),
                said.status(),
                said.since(),
                said.at(),
                said.decidedAt(),
                said.frozen(),
                reason,
                incident);
    }
}
