package io.tenantpulse.diagnose;

import io.tenantpulse.model.ObjectId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a cause was read from.
 *
 * @param field where in the object, as people write it: {@code status.phase}, {@code conditions[Ready].message}; of a
 *     Kubernetes Event {@code event/REASON}
 * @param value as published: cut and redacted by the exporter, but otherwise whatever the object says
 * @param since since when it has been so; null where nothing tells
 */
public record Evidence(
        ObjectId object,
        String field,
        String value,
        @Nullable Instant since) {}
