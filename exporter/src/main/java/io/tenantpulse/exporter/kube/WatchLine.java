package io.tenantpulse.exporter.kube;

import org.jspecify.annotations.Nullable;

/**
 * One line of a watch, {@code {"type":…,"object":…}}, told apart without building the object: neither values nor field names of
 * what is not needed here become objects.
 *
 * @param type ADDED, MODIFIED, DELETED, BOOKMARK or ERROR; empty if the line is no watch event
 * @param offset where the object begins
 * @param length bytes of the object
 * @param resourceVersion of the object, null where it has none
 * @param code of an ERROR's status, else 0
 * @param initialEventsEnd whether this is the bookmark that closes a streaming list
 * @param skippedFrom where the largest field of the object's metadata begins that was stepped over; 0: none was
 * @param skippedTo just after that field's value
 */
record WatchLine(
        String type,
        int offset,
        int length,
        @Nullable String resourceVersion,
        int code,
        boolean initialEventsEnd,
        int skippedFrom,
        int skippedTo) {

    /** Reads a line; one that is cut off or malformed gives what was found up to there. */
    static WatchLine of(byte[] line, int length) {
        Reading reading = new Reading(line, length);
        try {
            reading.envelope();
        } catch (MalformedJsonException e) {
            // What was found so far stands; the object itself is judged by the one who maps it.
            reading.broken = true;
        }
        return reading.found();
    }

    /** @param line the bytes that were read */
    ObjectBytes object(byte[] line) {
        return new ObjectBytes(line, offset, length, skippedFrom, skippedTo);
    }

    private static final class Reading {
        private final byte[] line;
        private final int lineLength;
        private final JsonReader in = JsonReader.ofFewStrings();
        private String type = "";
        private int offset;
        private int end;
        private @Nullable String resourceVersion;
        private int code;
        private boolean initialEventsEnd;
        private boolean broken;
        private int skippedFrom;
        private int skippedTo;

        Reading(byte[] line, int lineLength) {
            this.line = line;
            this.lineLength = lineLength;
            in.reset(line, 0, lineLength);
        }

        void envelope() {
            if (in.peek() != '{') {
                return;
            }
            in.beginObject();
            for (Field field = in.nextField(); field != Field.END; field = in.nextField()) {
                int first = in.peek();
                if (field == Field.TYPE && first == '"') {
                    type = in.readString();
                } else if (field == Field.OBJECT && first == '{') {
                    offset = in.position();
                    if (object()) {
                        return;
                    }
                    end = in.position();
                } else {
                    in.skipValue();
                }
            }
        }

        /** Returns true if all that is needed was found and the object is known to end just before the line's last brace. */
        private boolean object() {
            in.beginObject();
            for (Field field = in.nextField(); field != Field.END; field = in.nextField()) {
                int first = in.peek();
                if (field == Field.METADATA && first == '{') {
                    metadata();
                    if (isPlainEvent() && resourceVersion != null) {
                        end = lastBrace();
                        return true;
                    }
                } else if (field == Field.CODE && first >= '0' && first <= '9') {
                    code = in.readInt();
                } else {
                    in.skipValue();
                }
            }
            return false;
        }

        /** API servers write the type first: then the object is the last field, and its body need not be read here. */
        private boolean isPlainEvent() {
            return type.equals("ADDED") || type.equals("MODIFIED") || type.equals("DELETED");
        }

        private int lastBrace() {
            int last = lineLength - 1;
            while (last > offset && line[last] != '}') {
                last--;
            }
            return last;
        }

        private void metadata() {
            in.beginObject();
            for (Field field = in.nextField(); field != Field.END; field = in.nextField()) {
                int first = in.peek();
                if (field == Field.RESOURCE_VERSION && first == '"') {
                    resourceVersion = in.readString();
                    if (isPlainEvent()) {
                        return; // all that is wanted of it
                    }
                } else if (field == Field.ANNOTATIONS && first == '{' && type.equals("BOOKMARK")) {
                    annotations();
                } else {
                    int from = in.position();
                    in.skipValue();
                    if (in.position() - from > skippedTo - skippedFrom) {
                        skippedFrom = from;
                        skippedTo = in.position();
                    }
                }
            }
        }

        private void annotations() {
            in.beginObject();
            for (Field field = in.nextField(); field != Field.END; field = in.nextField()) {
                if (field == Field.INITIAL_EVENTS_END && in.peek() == '"') {
                    initialEventsEnd |= in.readString().equals("true");
                } else {
                    in.skipValue();
                }
            }
        }

        WatchLine found() {
            int until = broken || end <= offset ? lineLength : end;
            return new WatchLine(
                    type, offset, until - offset, resourceVersion, code, initialEventsEnd, skippedFrom, skippedTo);
        }
    }
}
