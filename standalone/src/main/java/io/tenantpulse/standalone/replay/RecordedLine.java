package io.tenantpulse.standalone.replay;

import io.tenantpulse.exporter.kube.ObjectBytes;
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
     * @param skippedFrom where a value in it begins that was stepped over, and whose end is therefore known; -1: there is none
     * @param skippedTo just after that value
     */
    record ObjectRange(int offset, int length, String apiVersion, String kind, int skippedFrom, int skippedTo) {
        /** @param line the bytes in which it stands */
        ObjectBytes in(byte[] line) {
            return new ObjectBytes(line, offset, length, skippedFrom, skippedTo);
        }
    }

    boolean isMark() {
        return object == null;
    }
}
