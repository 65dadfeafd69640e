package io.tenantpulse.standalone.demo;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is really wrong with a tenant of the demo, as its script knows it; nothing of it is read from the tenant's objects.
 *
 * @param roots what must be mended first: afflictions behind which no other stands; empty: nothing is wrong
 * @param blockers ids of the resources that these hit, sorted
 * @param further ids of resources behind a blocker that have a trouble of their own, sorted
 * @param waiting ids of the resources that are not ready for no other reason than that they depend on a blocker, sorted
 * @param since when the oldest root began, or when the last one ended for a tenant that is well
 */
public record Truth(
        String cluster,
        String namespace,
        String tenant,
        List<Affliction> roots,
        List<String> blockers,
        List<String> further,
        List<String> waiting,
        Instant since) {
    public Truth {
        roots = List.copyOf(roots);
        blockers = List.copyOf(blockers);
        further = List.copyOf(further);
        waiting = List.copyOf(waiting);
    }

    /** The first cause that a right diagnosis names; null: healthy, or merely slow and soon well. */
    public @Nullable String cause() {
        return roots.stream()
                .filter(Affliction::lasting)
                .findFirst()
                .map(Affliction::cause)
                .orElse(null);
    }
}
