package io.tenantpulse.standalone.demo;

import java.time.Instant;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What the simulation knows of one tenant beyond its object. */
final class SimTenant {
    final String uid;
    final Blueprint blueprint;
    final Instant born;
    /** Namespace and name of all that belongs to it. */
    final Set<String> objects;

    final Map<String, String> columns = new TreeMap<>();
    final Map<String, Integer> appliedHash = new HashMap<>();
    final Map<String, Instant> applyStart = new HashMap<>();
    final Map<String, Integer> appliedRow = new HashMap<>();
    /** What the script does to it at present. */
    final Map<Trouble, List<Affliction>> troubles = new EnumMap<>(Trouble.class);

    boolean welcomed;
    /** Its controller does not get to it; whoever makes the tenants of the database's rows does. */
    boolean neglected;
    /** What its controller writes of it does not arrive. */
    boolean statusDropped;
    /** The annotation with its columns is no JSON any more. */
    boolean extraBroken;

    int writtenRow;
    Instant nextReconcile;
    Instant wellSince;
    Instant nextNews = Instant.MIN;

    @Nullable
    Instant lastFull;

    @Nullable
    Instant leaving;

    SimTenant(String uid, Blueprint blueprint, Instant now) {
        this.uid = uid;
        this.blueprint = blueprint;
        born = now;
        objects = blueprint.parts().stream()
                .map(part -> part.namespaceFor(blueprint.namespace()) + "/" + part.nameFor(uid))
                .collect(Collectors.toUnmodifiableSet());
        nextReconcile = now.plusSeconds(2);
        wellSince = now;
        columns.put("tag", Ailments.GOOD_TAG);
        columns.put("dbTag", Ailments.GOOD_TAG);
        columns.put("cpu", "100m");
        columns.put("dbCpu", "250m");
        columns.put("class", "fast");
        columns.put("replicas", "2");
        columns.put("initTag", Ailments.GOOD_INIT_TAG);
        columns.put("archiveClass", "fast");
        columns.put("pool", Nodes.POOL);
        columns.put("scaled", "worker");
        columns.put("plan", "business");
        columns.put("credentials", "");
        columns.put("card", "canary-extra-" + uid);
    }

    String name() {
        return uid + "-" + blueprint.name();
    }

    String namespace() {
        return blueprint.namespace();
    }

    /** Whether it was made for the trouble: nothing of it had been ready before. */
    boolean createdWith(Affliction affliction) {
        return !born.isBefore(affliction.since());
    }

    /** Changes whenever anything changes of which the tenant's objects are rendered: nothing is rendered in vain. */
    int row() {
        return (columns.hashCode() * 31 + blueprint.generation()) * 2 + (extraBroken ? 1 : 0);
    }

    String host() {
        return uid + ".example.com";
    }
}
