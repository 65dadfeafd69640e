package io.tenantpulse.trends;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;
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
    private final boolean sumsUp;

    /** @param partitions of the log */
    public Merger(int partitions, MergerMemory memory, MergerVoice voice) {
        this(partitions, memory, voice, true);
    }

    private Merger(int partitions, MergerMemory memory, MergerVoice voice, boolean sumsUp) {
        this.partitions = partitions;
        this.memory = memory;
        this.voice = voice;
        this.rollUps = new RollUps(memory, voice);
        this.sumsUp = sumsUp;
    }

    /** Of one partition, where only windows of a minute are looked at: longer ones say from when to when, and nothing else. */
    public static Merger ofMinutes(MergerMemory memory, MergerVoice voice) {
        return new Merger(1, memory, voice, false);
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
        Progress known = memory.progress(name);
        TreeSet<String> blind = new TreeSet<>(closed.blind());
        SortedSet<String> said = memory.closing(name, closed.start());
        blind.addAll(said == null ? List.of() : said);
        memory.putClosing(name, closed.start(), blind);
        Progress now = (known == null ? Progress.NONE : known).with(closed);
        // A cluster that came back in the minute in which it went begins before what is decided of it.
        Instant from = now.decided() == null ? Instant.EPOCH : now.decided().minus(MINUTE);
        Instant next = memory.firstClosing(name, from);
        while (next != null && now.isOver(next, partitions)) {
            decide(name, next);
            now = now.decided(next);
            next = memory.firstClosing(name, from);
        }
        memory.put(name, now);
        if (now.isGone(partitions)) {
            end(name, now);
        }
    }

    private void decide(String name, Instant start) {
        SortedSet<String> blind = memory.closing(name, start);
        memory.forgetClosing(name, start);
        if (name.equals(FLEET)) {
            closeFleet(start, blind == null ? new TreeSet<>() : blind);
        } else {
            closeCluster(name, start);
        }
    }

    /** The cluster is gone for good. Its last window is still to be counted in the fleet's. */
    private void end(String cluster, Progress progress) {
        rollUps.end(cluster);
        memory.levels(cluster).keySet().forEach(memory::forgetLevels);
        Progress fleet = memory.progress(FLEET);
        Instant last = progress.decided();
        if (fleet == null || last == null || fleet.isDecided(last.minus(MINUTE))) {
            memory.forgetProgress(cluster);
        }
    }

    private void closeCluster(String cluster, Instant start) {
        SortedMap<Scope, Totals> scopes = memory.partials(cluster, start);
        memory.forgetPartials(cluster, start);
        Progress fleet = memory.progress(FLEET);
        if (fleet != null && fleet.isDecided(start)) {
            voice.count("trend-after-fleet");
        }
        boolean isToldBeyond = fleet != null && fleet.isDecided(start.plus(MINUTE));
        memory.levels(cluster).forEach((scope, levels) -> {
            if (!scopes.containsKey(scope)) {
                correctEmpty(scope, start);
                if (isToldBeyond) {
                    memory.putLevels(scope, ByHealth.NONE);
                } else {
                    memory.forgetLevels(scope);
                }
            }
        });
        scopes.forEach((scope, totals) -> {
            close(scope, start, totals);
            memory.putLevels(scope, totals.population().atEnd());
        });
        rollUps.finish(cluster, start.plus(MINUTE));
    }

    private void close(Scope scope, Instant start, Totals totals) {
        TrendWindow told = told(scope, start);
        if (told == null || told.blindClusters().contains(scope.cluster())) {
            close(scope, start, totals, List.of(), told);
            return;
        }
        // It went, and came back, within that minute: both are in it.
        Totals both = told.totals().followedBy(totals);
        tell(new TrendWindow(scope, WindowSize.MINUTE, start, told.revision() + 1, List.of(), both));
        voice.count("trend-corrected");
        rollUp(
                new TrendWindow(scope, WindowSize.MINUTE, start, 0, List.of(), totals, 0, start, start.plus(MINUTE)),
                null);
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
        ByHealth levels = memory.levels(scope);
        if (kept != null || levels == null || !rollUps.hasForgotten(scope, start)) {
            return kept;
        }
        return new TrendWindow(
                scope, WindowSize.MINUTE, start, 0, List.of(scope.cluster()), Totals.unseen(levels, WindowSize.MINUTE));
    }

    private void closeFleet(Instant start, SortedSet<String> blind) {
        Totals all = Totals.NONE;
        List<String> unseen = new ArrayList<>();
        for (Map.Entry<String, Progress> each : memory.progress().entrySet()) {
            String cluster = each.getKey();
            Scope scope = Scope.cluster(cluster);
            if (cluster.equals(FLEET)) {
                continue;
            }
            if (blind.contains(cluster)) {
                ByHealth levels = memory.levels(scope);
                all = all.beside(Totals.unseen(levels == null ? ByHealth.NONE : levels, WindowSize.MINUTE));
                unseen.add(cluster);
                closeUnseen(cluster, start);
            } else {
                TrendWindow window = memory.window(scope, WindowSize.MINUTE, start);
                all = window == null ? all : all.beside(window.totals());
            }
            if (each.getValue().isGone(partitions) && !each.getValue().isDecided(start.plus(MINUTE))) {
                memory.forgetProgress(cluster);
            }
        }
        close(Scope.FLEET, start, all, unseen, memory.window(Scope.FLEET, WindowSize.MINUTE, start));
        rollUps.finish(FLEET, start.plus(MINUTE));
        rollUps.forgetOld(start.plus(MINUTE));
    }

    /** Nothing has come of a cluster's window, and the fleet's is over. */
    private void closeUnseen(String cluster, Instant start) {
        memory.levels(cluster).forEach((scope, levels) -> {
            if (levels.total() > 0 && memory.window(scope, WindowSize.MINUTE, start) == null) {
                close(scope, start, Totals.unseen(levels, WindowSize.MINUTE), List.of(cluster), null);
            }
        });
        rollUps.finish(cluster, start.plus(MINUTE));
    }

    /** @param before what was told of the same minute, in which all was blind; null: nothing */
    private void close(Scope scope, Instant start, Totals totals, List<String> blind, @Nullable TrendWindow before) {
        int revision = before == null ? 0 : before.revision() + 1;
        TrendWindow now = new TrendWindow(scope, WindowSize.MINUTE, start, revision, blind, totals);
        tell(now);
        if (before != null) {
            voice.count("trend-corrected");
        }
        rollUp(now, before);
    }

    private void rollUp(TrendWindow minute, @Nullable TrendWindow before) {
        if (sumsUp) {
            rollUps.add(minute, before);
        } else {
            rollUps.add(minute.with(Totals.NONE), before == null ? null : before.with(Totals.NONE));
        }
    }

    private void tell(TrendWindow minute) {
        memory.put(minute);
        voice.say(minute);
    }
}
