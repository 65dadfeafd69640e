package io.tenantpulse.detect;

import io.tenantpulse.model.Dependency;
import io.tenantpulse.model.ObjectId;
import java.time.Duration;
import java.util.List;

/** Resources of a tenant that are no Deployments. */
final class Needs {
    private Needs() {}

    static Dependency after(String kind, String id, int timeoutSeconds, String... others) {
        ObjectId object = new ObjectId("apps", kind, "ns", id);
        return new Dependency(id, object, List.of(others), true, Duration.ofSeconds(timeoutSeconds), false);
    }
}
