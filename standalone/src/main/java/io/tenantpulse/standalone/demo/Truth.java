package io.tenantpulse.standalone.demo;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is really wrong with a tenant of the demo, as its script knows it.
 *
 * @param cause a cause word of the diagnosis, or null: healthy, or merely slow and soon well
 * @param blockers ids of the resources that hold the rest up
 * @param since when it began, or when it ended for a tenant that is well
 */
public record Truth(
        String cluster,
        String namespace,
        String tenant,
        @Nullable String cause,
        List<String> blockers,
        Instant since) {
    public Truth {
        blockers = List.copyOf(blockers);
    }
}
