package io.tenantpulse.trends;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;

/**
 * Makes the windows of all partitions together of what each of them tells, and rolls them up. Not thread-safe; all that it
 * knows is in its memory.
 *
 * <p>A window of a cluster's scopes closes when every partition has closed the cluster's, however long that takes; the
 * fleet's when every partition has closed the fleet's. A cluster that is blind in the fleet's window is counted with as
 * many blind tenants as it had last, there and in its own windows; when its partials come after all, its own windows and
 * their roll-ups are corrected under another revision, the fleet's are not.
 */
public final class Merger {
    private static final String FLEET = "";
    private static final Duration MINUTE = WindowSize.MINUTE.length();

    private final int partitions;
    private final MergerMemory memory;
    private final MergerVoice voice;
    private final RollUps rollUps;

    /** @param partitions of the log */
    public Merger(int partitions, MergerMemory memory, MergerVoice voice) {
        this.partitions = partitions;
        this.memory = memory;
        this.voice = voice;
        this.rollUps = new RollUps(memory, voice);
    }

    /** Takes the next report; those of one partition come in the order in which it told them. */
    public void on(Report report) {
        if (report instanceof Partial partial) {
            onPartial(partial);
        } else if (report instanceof WindowClosed closed) {
            onClosed(closed);
        } else {
            throw new AssertionError(report);
        }
    }

    private void onPartial(Partial partial) {
        Totals known = memory.partial(partial.cluster(), partial.start(), partial.scope());
        Totals all = known == null ? partial.totals() : known.beside(partial.totals());
        memory.putPartial(partial.cluster(), partial.start(), partial.scope(), all);
    }

    private void onClosed(WindowClosed closed) {
        String name = closed.cluster() == null ? FLEET : closed.cluster();
        Progress now = memory.progress().getOrDefault(name, Progress.NONE).with(closed);
        Instant next = now.next(partitions);
        while (next != null) {
            SortedSet<String> blind = now.open().get(next);
            now = now.decided(next);
            if (name.equals(FLEET)) {
                closeFleet(next, blind);
            } else {
                closeCluster(name, next);
            }
            next = now.next(partitions);
        }
        if (now.gone().size() == partitions) {
            memory.levels(name).keySet().forEach(memory::forgetLevels);
            memory.forgetProgress(name);
        } else {
            memory.put(name, now);
        }
    }

    private void closeCluster(String cluster, Instant start) {
        SortedMap<Scope, Totals> scopes = memory.partials(cluster, start);
        memory.forgetPartials(cluster, start);
        Progress fleet = memory.progress().get(FLEET);
        if (fleet != null && fleet.decided() != null && start.isBefore(fleet.decided())) {
            voice.count("trend-after-fleet");
        }
        for (Scope known : memory.levels(cluster).keySet()) {
            if (!scopes.containsKey(known)) {
                correctEmpty(known, start);
                memory.forgetLevels(known);
            }
        }
        scopes.forEach((scope, totals) -> {
            close(scope, start, totals, List.of(), told(scope, start));
            memory.putLevels(scope, totals.population().atEnd());
        });
        rollUps.finish(cluster, start.plus(MINUTE));
    }

    /** What was taken to be blind had gone. */
    private void correctEmpty(Scope scope, Instant start) {
        TrendWindow told = told(scope, start);
        if (told != null) {
            close(scope, start, Totals.NONE, List.of(), told);
        }
    }

    /**
     * What was told of a minute before it closed, also where that is kept no longer: then all of it was blind, as many
     * tenants as the scope had last.
     */
    private @Nullable TrendWindow told(Scope scope, Instant start) {
        TrendWindow kept = memory.window(scope, WindowSize.MINUTE, start);
        ByHealth levels = memory.levels(scope.cluster()).get(scope);
        if (kept != null || levels == null || !rollUps.hasForgotten(scope, start)) {
            return kept;
        }
        return new TrendWindow(
                scope, WindowSize.MINUTE, start, 0, List.of(scope.cluster()), Totals.unseen(levels, WindowSize.MINUTE));
    }

    private void closeFleet(Instant start, SortedSet<String> blind) {
        Totals all = Totals.NONE;
        List<String> unseen = new ArrayList<>();
        for (String cluster : memory.progress().keySet()) {
            Scope scope = Scope.cluster(cluster);
            if (blind.contains(cluster)) {
                ByHealth levels = memory.levels(cluster).getOrDefault(scope, ByHealth.NONE);
                all = all.beside(Totals.unseen(levels, WindowSize.MINUTE));
                unseen.add(cluster);
                closeUnseen(cluster, start);
            } else if (!cluster.equals(FLEET)) {
                TrendWindow window = memory.window(scope, WindowSize.MINUTE, start);
                all = window == null ? all : all.beside(window.totals());
            }
        }
        close(Scope.FLEET, start, all, unseen, memory.window(Scope.FLEET, WindowSize.MINUTE, start));
        rollUps.finish(FLEET, start.plus(MINUTE));
        rollUps.forgetOld(start.plus(MINUTE));
    }

    /** Nothing has come of a cluster's window, and the fleet's is over. */
    private void closeUnseen(String cluster, Instant start) {
        for (Map.Entry<Scope, ByHealth> each : memory.levels(cluster).entrySet()) {
            if (memory.window(each.getKey(), WindowSize.MINUTE, start) == null) {
                close(each.getKey(), start, Totals.unseen(each.getValue(), WindowSize.MINUTE), List.of(cluster), null);
            }
        }
        rollUps.finish(cluster, start.plus(MINUTE));
    }

    /** @param before what was told of the same minute; null: nothing */
    private void close(Scope scope, Instant start, Totals totals, List<String> blind, @Nullable TrendWindow before) {
        int revision = before == null ? 0 : before.revision() + 1;
        TrendWindow now = new TrendWindow(scope, WindowSize.MINUTE, start, revision, blind, totals);
        memory.put(now);
        voice.say(now);
        if (before != null) {
            voice.count("trend-corrected");
        }
        rollUps.add(now, before);
    }
}
