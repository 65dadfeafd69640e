package io.tenantpulse.bench.oracle;

import io.tenantpulse.v1.Change;
import org.apache.avro.specific.SpecificRecord;

/** An object of a simulated cluster, of which the log gets copies. */
interface WorldObject {
    /** As marks and coverage name it. */
    String kindName();

    /** A record of how it is now; its place in the log is not set yet. */
    SpecificRecord record(Change change);

    /**
     * All that is told of it while it can't be decoded.
     *
     * @param withUid whether at least its uid is known
     */
    SpecificRecord unreadable(boolean withUid);

    /** It was written: its resourceVersion is another one. */
    void written(String resourceVersion);
}
