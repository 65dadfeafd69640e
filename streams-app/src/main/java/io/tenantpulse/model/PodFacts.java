package io.tenantpulse.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What explains a pod, joined with its node.
 *
 * @param phase {@code Pending}, {@code Running}, {@code Succeeded}, {@code Failed}, {@code Unknown}, or empty
 * @param reason {@code status.reason}, such as {@code Evicted}
 * @param node that it is bound to
 * @param nodeReady null when it is not known
 * @param containers init containers first, in the order of the spec
 */
public record PodFacts(
        String phase,
        @Nullable String reason,
        @Nullable String node,
        @Nullable Boolean nodeReady,
        List<Container> containers) {
    public PodFacts {
        containers = List.copyOf(containers);
    }

    /** Whether it neither runs with all containers ready nor has ended well. */
    public boolean isNotReady() {
        if (phase.equals("Succeeded")) {
            return false;
        }
        return !phase.equals("Running") || !containers.stream().allMatch(each -> each.init() || each.ready());
    }
}
