package io.tenantpulse.trends;

import io.tenantpulse.model.TenantId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Counts the tenants of one partition by windows of event time. Not thread-safe. It works in memory: call {@link #flush}
 * before what was read is committed.
 *
 * <p>A cluster's windows close when its watermark passes them; nothing else is waited for. The fleet's close when the
 * watermark of every cluster has passed that is not more than {@link #BLIND_AFTER} behind the furthest; the others are
 * blind in it. The furthest and not the median: of two clusters the median is either of them, and where most clusters stop
 * at once the median stops with them, and would hold the fleet back for ever. A clock that runs ahead cannot blind the
 * others, for an exporter refuses to start when it is more than a minute off.
 */
public final class Census {
    /** A cluster whose watermark is so far behind the furthest does not hold the fleet back. */
    public static final Duration BLIND_AFTER = Duration.ofMinutes(2);

    private static final long MINUTE = WindowSize.MINUTE.length().toMillis();

    private final CensusMemory memory;
    private final CensusVoice voice;
    private final Map<String, Counting> clusters = new TreeMap<>();
    private final Set<Group> dirtyGroups = new LinkedHashSet<>();
    private final Set<String> dirtyClusters = new LinkedHashSet<>();
    private final Fleet fleet;

    /** One cluster: its clock and its groups. */
    private static final class Counting {
        final String cluster;
        final Map<Group, GroupCount> groups = new TreeMap<>();
        final TreeSet<String> hidden = new TreeSet<>();
        long closedTo;
        Instant watermark;

        Counting(String cluster, long closedTo, Instant watermark) {
            this.cluster = cluster;
            this.closedTo = closedTo;
            this.watermark = watermark;
        }

        Hole hole() {
            return new Hole(watermark);
        }
    }

    public Census(CensusMemory memory, CensusVoice voice) {
        this.memory = memory;
        this.voice = voice;
        this.fleet = new Fleet(memory, voice);
        for (ClusterClock clock : memory.clusters()) {
            Counting counting = new Counting(clock.cluster(), clock.closedTo().toEpochMilli(), clock.watermark());
            counting.hidden.addAll(clock.hidden());
            clusters.put(clock.cluster(), counting);
            fleet.at(clock.cluster(), clock.watermark());
        }
        for (GroupState state : memory.groups()) {
            Counting counting = clusters.get(state.group().cluster());
            if (counting == null) {
                throw new IllegalStateException("counted, but of no cluster: " + state.group());
            }
            boolean hidden = counting.hidden.contains(state.group().kind());
            counting.groups.put(state.group(), new GroupCount(state, hidden));
        }
    }

    /**
     * A cluster was heard of: from the first time on its windows close in every partition, with tenants in it or without, or
     * the fleet's would close without what another partition has of it.
     */
    public void hears(String cluster, Instant at) {
        counting(cluster, at);
    }

    private Counting counting(String cluster, Instant at) {
        return clusters.computeIfAbsent(cluster, any -> {
            fleet.begins(at);
            fleet.at(cluster, at);
            dirtyClusters.add(cluster);
            return new Counting(cluster, WindowSize.MINUTE.startOf(at.toEpochMilli()), at);
        });
    }

    /**
     * A tenant stands otherwise than before.
     *
     * @param before null: it was not there
     * @param after null: it is gone
     */
    public void stands(TenantId tenant, @Nullable Standing before, @Nullable Standing after, Instant at) {
        Group from = before == null ? null : Group.of(tenant, before.registry(), before.template());
        Group to = after == null ? null : Group.of(tenant, after.registry(), after.template());
        if (from != null && from.equals(to)) {
            turn(from, before, after, at);
            return;
        }
        if (from != null) {
            turn(from, before, null, at);
        }
        if (to != null) {
            GroupCount count = turn(to, null, after, at);
            if (from != null) {
                count.moved(from, before.health(), after.health());
            }
        }
    }

    /**
     * The cause under which a tenant is to be counted: the word alone, where so many are told apart in its group that what
     * is remembered of it would be more than a record may hold. It must be the tenant's until it is counted otherwise.
     */
    public String admitted(Group group, String cause) {
        Counting counting = clusters.get(group.cluster());
        GroupCount count = counting == null ? null : counting.groups.get(group);
        return count == null || count.admits(cause)
                ? cause
                : CommonCause.parse(cause).word();
    }

    private GroupCount turn(Group group, @Nullable Standing before, @Nullable Standing after, Instant at) {
        Counting counting = counting(group.cluster(), at);
        GroupCount count = count(counting, group, at);
        long when = at.toEpochMilli();
        long counted = Math.max(counting.closedTo, count.at());
        count.turn(before, after, Math.max(when, counting.closedTo), counting.hole());
        if (WindowSize.MINUTE.startOf(when) < WindowSize.MINUTE.startOf(counted)) {
            count.count(Counted.late(1), counted, counting.hole());
            voice.count("trend-late");
        }
        return count;
    }

    private GroupCount count(Counting counting, Group group, Instant at) {
        dirtyGroups.add(group);
        return counting.groups.computeIfAbsent(group, any -> {
            long from = Math.max(counting.closedTo, at.toEpochMilli());
            return new GroupCount(group, from, counting.hidden.contains(group.kind()));
        });
    }

    /** A tenant became healthy for the first time, or in another generation, after that long. */
    public void ready(TenantId tenant, Standing standing, Duration time, Instant at) {
        happens(Group.of(tenant, standing.registry(), standing.template()), Counted.tenantReady(time), at);
    }

    /** Something happened that changes no level; when its window is closed, it is counted in the oldest that is open. */
    public void happens(Group group, Totals what, Instant at) {
        Counting counting = counting(group.cluster(), at);
        long when = Math.max(at.toEpochMilli(), counting.closedTo);
        boolean late = at.toEpochMilli() < counting.closedTo;
        if (late) {
            voice.count("trend-late");
        }
        count(counting, group, at).count(late ? what.beside(Counted.late(1)) : what, when, counting.hole());
    }

    /**
     * A kind of tenants of a cluster can, or cannot, be seen.
     *
     * @param since the last instant at which it was proven, or the one at which it came back
     */
    public void sees(String cluster, String kind, boolean hidden, Instant since) {
        Counting known = clusters.get(cluster);
        if (hidden == (known != null && known.hidden.contains(kind))) {
            return;
        }
        Counting counting = counting(cluster, since);
        if (hidden) {
            counting.hidden.add(kind);
        } else {
            counting.hidden.remove(kind);
        }
        dirtyClusters.add(cluster);
        for (GroupCount each : counting.groups.values()) {
            if (each.group.kind().equals(kind)) {
                dirtyGroups.add(each.group);
                each.see(hidden, Math.max(since.toEpochMilli(), counting.closedTo), counting.hole());
            }
        }
    }

    /** The watermark of a cluster: windows that end by then close, and the fleet's with them where no other is waited for. */
    public void reach(String cluster, Instant watermark) {
        Counting counting = counting(cluster, watermark);
        if (watermark.isBefore(counting.watermark)) {
            return;
        }
        close(counting, watermark.toEpochMilli(), false);
        counting.watermark = watermark;
        dirtyClusters.add(cluster);
        fleet.reach(cluster, watermark);
    }

    /** A cluster is gone for good, and its tenants have been taken away: what is open of it closes. */
    public void gone(String cluster, Instant at) {
        Counting counting = clusters.get(cluster);
        if (counting == null) {
            return;
        }
        long last = Math.max(WindowSize.MINUTE.startOf(at.toEpochMilli()), counting.closedTo);
        close(counting, last + MINUTE, true);
        counting.groups.keySet().forEach(memory::forget);
        counting.groups.keySet().forEach(dirtyGroups::remove);
        clusters.remove(cluster);
        dirtyClusters.remove(cluster);
        memory.forget(cluster);
        fleet.gone(cluster);
    }

    private void close(Counting counting, long upTo, boolean gone) {
        Hole hole = counting.hole();
        // The last window of a cluster that is gone closes before it is over.
        long seen = gone ? upTo - 1 : upTo;
        boolean closed = false;
        for (long window = counting.closedTo; window + MINUTE <= upTo; window += MINUTE) {
            if (hole.holds(window, seen)) {
                window = WindowSize.MINUTE.startOf(seen) - MINUTE;
            } else {
                close(counting, window, hole, gone && window + MINUTE == upTo);
            }
            counting.closedTo = window + MINUTE;
            closed = true;
        }
        if (closed) {
            counting.groups.values().forEach(group -> group.absorbBefore(counting.closedTo, hole));
            dropEmpty(counting);
        }
    }

    private void close(Counting counting, long window, Hole hole, boolean last) {
        Map<Scope, Totals> scopes = new TreeMap<>();
        for (GroupCount each : counting.groups.values()) {
            Totals totals = each.close(window, hole);
            if (totals != null) {
                each.group.scopes().forEach(scope -> scopes.merge(scope, totals.in(scope.level()), Totals::beside));
            }
            dirtyGroups.add(each.group);
        }
        scopes.forEach((scope, totals) -> voice.say(scope, Instant.ofEpochMilli(window), totals));
        voice.closed(counting.cluster, Instant.ofEpochMilli(window), last);
    }

    private void dropEmpty(Counting counting) {
        List<Group> empty = new ArrayList<>();
        counting.groups.forEach((group, count) -> {
            if (count.isEmpty()) {
                empty.add(group);
            }
        });
        empty.forEach(group -> {
            counting.groups.remove(group);
            dirtyGroups.remove(group);
            memory.forget(group);
        });
    }

    /** Writes what has changed since the last call. */
    public void flush() {
        for (String cluster : dirtyClusters) {
            Counting counting = clusters.get(cluster);
            if (counting != null) {
                memory.put(new ClusterClock(
                        cluster,
                        Instant.ofEpochMilli(counting.closedTo),
                        counting.watermark,
                        List.copyOf(counting.hidden)));
            }
        }
        Map<Group, GroupCount> changed = new HashMap<>();
        for (Group group : dirtyGroups) {
            Counting counting = clusters.get(group.cluster());
            GroupCount count = counting == null ? null : counting.groups.get(group);
            if (count != null) {
                changed.put(group, count);
            }
        }
        changed.values().forEach(count -> memory.put(count.state()));
        fleet.flush();
        dirtyClusters.clear();
        dirtyGroups.clear();
    }
}
