package io.tenantpulse.standalone.demo;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What the simulation knows of one tenant beyond its object. */
final class SimTenant {
    final String uid;
    final Blueprint blueprint;
    final Map<String, String> columns = new TreeMap<>();
    final Map<String, Integer> appliedHash = new HashMap<>();
    final Map<String, Instant> applyStart = new HashMap<>();
    final Map<String, Integer> appliedRow = new HashMap<>();
    boolean welcomed;
    int writtenRow;
    Instant nextReconcile;
    Instant wellSince;
    Instant nextNews = Instant.MIN;

    @Nullable
    Instant lastFull;

    @Nullable
    Instant leaving;

    @Nullable
    Truth truth;

    SimTenant(String uid, Blueprint blueprint, Instant now) {
        this.uid = uid;
        this.blueprint = blueprint;
        nextReconcile = now.plusSeconds(2);
        wellSince = now;
        columns.put("tag", Ailments.GOOD_TAG);
        columns.put("dbTag", Ailments.GOOD_TAG);
        columns.put("cpu", "100m");
        columns.put("dbCpu", "250m");
        columns.put("class", "fast");
        columns.put("replicas", "2");
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

    /** Changes whenever anything changes of which the tenant's objects are rendered: nothing is rendered in vain. */
    int row() {
        return columns.hashCode() * 31 + blueprint.generation();
    }

    String host() {
        return uid + ".example.com";
    }
}
