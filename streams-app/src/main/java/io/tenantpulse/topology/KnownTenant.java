package io.tenantpulse.topology;

import io.tenantpulse.detect.Watched;
import org.apache.kafka.common.utils.Bytes;
import org.jspecify.annotations.Nullable;

/** A row of {@link TenantTable}: a tenant, and what {@link Sightings} knows of it. What is asked for every record stands here, and not behind further references. */
final class KnownTenant {
    static final long NOWHERE = -1;

    final Bytes key;
    byte[] state;

    /** Where it is settled; null: it is not. */
    @Nullable
    Watched settled;

    int view;
    long deadline;
    boolean hasRoom;
    int ownRead;
    /** Of the record by which it was settled, if {@link #printed}. */
    long high;

    long low;
    boolean printed;
    /** In the journal; {@link #NOWHERE}: its state says where it was seen. */
    long entry = NOWHERE;

    KnownTenant(Bytes key, byte[] state) {
        this.key = key;
        this.state = state;
    }

    /** Nothing is known but its state: a task that was suspended goes on with the same rows, but knows no record of before. */
    void begin(byte[] with) {
        state = with;
        settled = null;
        ownRead = 0;
        printed = false;
        entry = NOWHERE;
    }
}
