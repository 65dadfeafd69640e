package io.tenantpulse.diagnose;

import io.tenantpulse.model.Dependency;
import io.tenantpulse.model.TenantFacts;
import io.tenantpulse.model.TenantId;
import io.tenantpulse.model.Warning;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * All that is known of a tenant at one instant.
 *
 * @param generationSince since when the spec is known to be as it is; null: not known
 * @param undecodableSince the newest object could not be decoded: since when
 * @param objects in any order; pods too
 * @param absent ids of resources that were found not to exist, and what was found stands; each with since when nothing else
 *     explains that: while it waits for another its time does not run
 * @param warnings in any order; those that have expired left out
 * @param warningsUntil when the first of these expires; null: none does
 */
public record TenantView(
        TenantId id,
        String uid,
        TenantFacts facts,
        @Nullable Instant generationSince,
        @Nullable Instant undecodableSince,
        List<Dependency> dependencies,
        List<SeenObject> objects,
        Map<String, Instant> absent,
        List<Warning> warnings,
        @Nullable Instant warningsUntil,
        KindSight kinds) {
    public TenantView {
        dependencies = List.copyOf(dependencies);
        objects = List.copyOf(objects);
        absent = Map.copyOf(absent);
        warnings = List.copyOf(warnings);
    }

    boolean isTrue(String type) {
        return facts.isTrue(type);
    }

    String badReason(String type) {
        return facts.badReason(type);
    }
}
