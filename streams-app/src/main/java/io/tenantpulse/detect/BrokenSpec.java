package io.tenantpulse.detect;

import java.time.Instant;
import java.util.List;

/**
 * Dependencies that the operator refuses as a whole: a cycle, or an id that does not exist.
 *
 * @param path of a cycle, beginning and ending with the same id; otherwise the id that asks and the id that is missing
 * @param since since when the spec is so
 */
public record BrokenSpec(List<String> path, Instant since) {
    public BrokenSpec {
        path = List.copyOf(path);
    }
}
