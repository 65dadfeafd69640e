package io.tenantpulse.exporter;

import io.tenantpulse.v1.ClusterMark;
import java.time.Instant;

/** Sees what goes into the log, for {@code record}: whitelisted object JSON and marks, with the log's very stamps. */
public interface Tap {
    /**
     * An object was read.
     *
     * @param type as the watch said it: ADDED, MODIFIED, DELETED
     * @param whitelistedJson the object with its whitelisted fields only
     */
    void object(Instant ts, String cluster, String type, byte[] whitelistedJson);

    /** A mark was made. */
    void mark(Instant ts, ClusterMark mark);
}
