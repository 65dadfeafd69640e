package io.tenantpulse.exporter;

import io.tenantpulse.exporter.kube.Detail;
import io.tenantpulse.exporter.kube.Facts;
import io.tenantpulse.exporter.kube.ObjectName;
import io.tenantpulse.v1.Change;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is known of one cluster's objects: whose they are, and what of them is already in the log. It is told of each object
 * and says what is news. Not thread-safe; no clock.
 */
final class ClusterModel {
    private final Map<ObjectName, Entry> entries = new HashMap<>();
    private final Map<ObjectName, Entry> claimSetOwners = new HashMap<>();
    private final Map<WatchedKind, Integer> openFrames = new HashMap<>();
    private final Set<WatchedKind> seenKinds = new HashSet<>();
    private final RecentlySeen recent = new RecentlySeen();
    private final long[] counts = new long[WatchedKind.ALL.size()];
    private final int[] lists = new int[WatchedKind.ALL.size()];
    private final Owners owners = new Owners(entries, claimSetOwners);
    private final Joins joins = new Joins(entries, claimSetOwners, seenKinds);
    private final Output out;
    private int frames;

    ClusterModel(Output out) {
        this.out = out;
    }

    /** How many objects of the kind are known. */
    long count(WatchedKind kind) {
        return counts[kind.index()];
    }

    /** Whether a frame of the kind is open. */
    boolean inFrame(WatchedKind kind) {
        return openFrames.containsKey(kind);
    }

    /** An object exists as these facts say. */
    void exists(Facts news) {
        boolean framed = inFrame(news.kind());
        if (isRepeated(news, false) && !framed) {
            return;
        }
        Entry entry = entry(news.name());
        Facts before = entry.facts;
        Facts now = trusted(before, news).named(entry.name);
        if (before == null) {
            counts[now.kind().index()]++;
        }
        entry.facts = now;
        entry.frame = openFrames.getOrDefault(now.kind(), 0);
        boolean changed = before == null || !before.sameInLog(now);
        Change change = framed
                ? Change.SNAPSHOT
                : before == null || !before.uid().equals(now.uid()) ? Change.ADDED : Change.MODIFIED;
        if (changed) {
            relink(entry, before, now);
        }
        publish(entry, before, change, framed || changed);
        if (changed) {
            consequences(entry, before, now);
        }
    }

    /** An undecodable object keeps what was known of it, for that is frozen, not false. */
    private static Facts trusted(@Nullable Facts before, Facts news) {
        boolean sameObject =
                before != null && (news.uid().isEmpty() || news.uid().equals(before.uid()));
        return news.undecodable() && sameObject ? before.asUndecodable(news.resourceVersion()) : news;
    }

    /** An object is gone; one that was not known says nothing. */
    void deleted(Facts last) {
        Entry entry = entries.get(last.name());
        if (isRepeated(last, true) || entry == null || entry.facts == null) {
            return;
        }
        Facts before = entry.facts;
        if (!last.uid().isEmpty() && !before.uid().isEmpty() && !last.uid().equals(before.uid())) {
            return;
        }
        entry.facts = last.undecodable() ? before.asUndecodable(last.resourceVersion()) : last;
        publish(entry, before, Change.DELETED, true);
        entry.facts = before;
        forget(entry);
    }

    private boolean isRepeated(Facts news, boolean deleted) {
        return !news.uid().isEmpty()
                && !news.resourceVersion().isEmpty()
                && recent.add(
                        news.uid(), news.resourceVersion(), lists[news.kind().index()], deleted);
    }

    /** A full list of the kind begins. */
    void frameBegins(WatchedKind kind) {
        openFrames.put(kind, ++frames);
        lists[kind.index()] = frames;
    }

    /** The list is complete: what it did not mention is gone, and only that is not said object by object. */
    void frameEnds(WatchedKind kind) {
        int frame = openFrames.getOrDefault(kind, 0);
        openFrames.remove(kind);
        for (Entry each : known(kind)) {
            if (each.frame != frame) {
                forget(each);
            }
        }
        seen(kind);
    }

    /** All of the kind has been told once: what was not does not exist. */
    void seen(WatchedKind kind) {
        if (seenKinds.add(kind) && (kind == WatchedKind.NODE || kind == WatchedKind.STORAGE_CLASS)) {
            joins.missing(kind).forEach(this::publishJoined);
        }
    }

    /** Says all that is known of the kind, as in a frame. */
    void repeat(WatchedKind kind, Runnable afterEach) {
        for (Entry each : known(kind)) {
            publishFleet(each.known(), Change.SNAPSHOT, true);
            publishObject(each, Change.SNAPSHOT);
            afterEach.run();
        }
    }

    private List<Entry> known(WatchedKind kind) {
        List<Entry> known = new ArrayList<>();
        for (Entry each : entries.values()) {
            if (each.isKnown(kind)) {
                known.add(each);
            }
        }
        return known;
    }

    private Entry entry(ObjectName name) {
        return entries.computeIfAbsent(name, Entry::new);
    }

    /** Moves the entry from where its old facts put it to where its new ones do. */
    private void relink(Entry entry, @Nullable Facts before, @Nullable Facts now) {
        List<ObjectName> parentsBefore = before == null ? List.of() : Links.parents(before);
        List<ObjectName> parents = now == null ? List.of() : Links.parents(now);
        if (!parentsBefore.equals(parents)) {
            parents.forEach(parent -> entry(parent).addChild(entry));
            for (ObjectName each : parentsBefore) {
                Entry parent = entry(each);
                parent.removeChild(entry);
                dropIfForgotten(parent);
            }
        }
        joins.move(entry, Links.joined(before), Links.joined(now));
    }

    private void dropIfForgotten(Entry entry) {
        if (entry.isForgotten() && !claimSetOwners.containsKey(entry.name)) {
            entries.remove(entry.name);
        }
    }

    /** Says what is to be said of the entry itself. */
    private void publish(Entry entry, @Nullable Facts before, Change change, boolean news) {
        if (news) {
            boolean dependencies = change != Change.DELETED && dependenciesAreNews(before, entry.known(), change);
            publishFleet(entry.known(), change, dependencies);
        }
        if (change == Change.DELETED) {
            publishObject(entry, change);
        } else if (news) {
            refresh(entry, change, 0);
        }
    }

    private static boolean dependenciesAreNews(@Nullable Facts before, Facts now, Change change) {
        return change != Change.MODIFIED
                || before == null
                || before.undecodable()
                || !(before.detail() instanceof Detail.OfTenant old)
                || !(now.detail() instanceof Detail.OfTenant detail)
                || !old.dependencies().equals(detail.dependencies());
    }

    private void publishFleet(Facts facts, Change change, boolean dependencies) {
        switch (facts.kind().role()) {
            case TENANT -> out.tenant(facts, change, dependencies);
            case REGISTRY -> out.registry(facts, change);
            case TEMPLATE -> out.template(facts, change);
            case NODE, STORAGE_CLASS, WORKLOAD, POD, CLAIM, RESOURCE, EVENT -> {}
        }
    }

    /** Says the entry as it is, for each tenant that it concerns; a tenant or template can be what another tenant asks for. */
    private void publishObject(Entry entry, Change change) {
        Facts facts = entry.known();
        if (facts.kind().role() != Role.EVENT) {
            Joined joined = joins.of(entry);
            entry.attributions.forEach(each -> out.resource(facts, each, change, joined));
        } else if (change != Change.DELETED) {
            entry.attributions.forEach(each -> out.warning(facts, each));
        }
    }

    /** What follows for other objects from news of this one. */
    private void consequences(Entry entry, @Nullable Facts before, @Nullable Facts now) {
        switch (role(before, now)) {
            case TENANT -> tenantChanged(entry, before, now);
            case NODE, STORAGE_CLASS -> {
                if (before == null || now == null || !before.detail().equals(now.detail())) {
                    joins.through(entry.name).forEach(this::publishJoined);
                }
            }
            case WORKLOAD -> claimSetsChanged(entry, before, now);
            case REGISTRY, TEMPLATE, POD, CLAIM, RESOURCE, EVENT -> {}
        }
    }

    private static Role role(@Nullable Facts before, @Nullable Facts now) {
        Facts any = now == null ? before : now;
        return any == null ? Role.RESOURCE : any.kind().role();
    }

    private void tenantChanged(Entry tenant, @Nullable Facts before, @Nullable Facts now) {
        Set<Links.Named> namedBefore = Links.named(before);
        Set<Links.Named> named = Links.named(now);
        Set<Entry> touched = new LinkedHashSet<>();
        if (!namedBefore.equals(named)) {
            for (Links.Named each : namedBefore) {
                Entry object = entry(each.object());
                object.removeNamingsOf(tenant);
                touched.add(object);
            }
            for (Links.Named each : named) {
                Entry object = entry(each.object());
                object.addNaming(new Naming(tenant, each.id(), each.applied()));
                touched.add(object);
            }
        }
        if (before == null || now == null) {
            touched.addAll(tenant.children());
        }
        for (Entry each : touched) {
            refresh(each, null, 0);
            dropIfForgotten(each);
        }
    }

    private void claimSetsChanged(Entry set, @Nullable Facts before, @Nullable Facts now) {
        List<ObjectName> setsBefore = Links.claimSets(before);
        List<ObjectName> sets = Links.claimSets(now);
        boolean sameUid = before != null && now != null && before.uid().equals(now.uid());
        if (setsBefore.equals(sets) && sameUid) {
            return;
        }
        for (ObjectName each : setsBefore) {
            Entry claims = entry(each);
            set.removeChild(claims);
            claimSetOwners.remove(each);
            refresh(claims, null, 0);
            dropIfForgotten(claims);
        }
        for (ObjectName each : sets) {
            Entry claims = entry(each);
            claimSetOwners.put(each, set);
            set.addChild(claims);
            refresh(claims, null, 0);
        }
    }

    private void publishJoined(Entry entry) {
        WatchedKind kind = entry.known().kind();
        if (!isAwaited(entry)) {
            publishObject(entry, inFrame(kind) ? Change.SNAPSHOT : Change.MODIFIED);
        }
    }

    /** Whether an open frame has yet to say that it exists: until then nothing may mention it. */
    private boolean isAwaited(Entry entry) {
        Integer frame = openFrames.get(entry.known().kind());
        return frame != null && entry.frame != frame;
    }

    /**
     * Finds anew whom the entry concerns, says what changed by that, and does the same for its children.
     *
     * @param change to be said to all that it concerns; null: only what its attribution changed
     */
    private void refresh(Entry entry, @Nullable Change change, int depth) {
        List<Attribution> before = entry.attributions;
        List<Attribution> after = owners.of(entry);
        entry.attributions = after;
        if (entry.isKnown() && !isAwaited(entry)) {
            say(entry, before, after, change);
        }
        if (!before.equals(after) && depth < Owners.DEEPEST) {
            List.copyOf(entry.children()).forEach(child -> refresh(child, null, depth + 1));
        }
    }

    private void say(Entry entry, List<Attribution> before, List<Attribution> after, @Nullable Change change) {
        Facts facts = entry.known();
        boolean event = facts.kind().role() == Role.EVENT;
        Joined joined = event ? Joined.NOTHING : joins.of(entry);
        Change first = inFrame(facts.kind()) ? Change.SNAPSHOT : Change.ADDED;
        for (Attribution each : after) {
            Attribution old = Owners.find(before, each.tenant());
            if (change == null && each.equals(old)) {
                continue;
            }
            Change said = old == null ? first : change == null ? Change.MODIFIED : change;
            if (event) {
                out.warning(facts, each);
            } else {
                out.resource(facts, each, said, joined);
            }
        }
        for (Attribution each : before) {
            if (!event && Owners.find(after, each.tenant()) == null) {
                out.resource(facts, each, Change.RELEASED, joined);
            }
        }
    }

    /** Takes the entry out; those that found their tenant through it keep it. */
    private void forget(Entry entry) {
        Facts before = entry.known();
        counts[before.kind().index()]--;
        entry.facts = null;
        entry.attributions = List.of();
        relink(entry, before, null);
        consequences(entry, before, null);
        dropIfForgotten(entry);
    }
}
