package io.tenantpulse.standalone.replay;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One line of a recording: the envelope is read, the object is left as the bytes that it was.
 *
 * @param type ADDED, MODIFIED, DELETED, BOOKMARK or the name of a mark
 * @param bytes the whole line
 * @param object where the object stands in it; null for a mark
 * @param number of the line in its file, from 1
 */
record RecordedLine(
        Instant ts,
        String cluster,
        String type,
        byte[] bytes,
        @Nullable ObjectRange object,
        long number) {

    /**
     * Where an object stands in its line.
     *
     * @param apiVersion its apiVersion
     * @param kind its kind
     */
    record ObjectRange(int offset, int length, String apiVersion, String kind) {}

    boolean isMark() {
        return object == null;
    }
}
