package io.tenantpulse.model;

import java.time.Duration;
import java.util.List;

/**
 * One entry of a tenant's resource arrays.
 *
 * @param object what must exist; its name is empty when the template was not rendered
 * @param timeout the entry's {@code timeoutSeconds}
 * @param once {@code creationPolicy: Once}: ready as soon as it exists
 */
public record Dependency(
        String id, ObjectId object, List<String> dependIds, boolean waitForReady, Duration timeout, boolean once) {
    public Dependency {
        dependIds = List.copyOf(dependIds);
    }
}
