package io.tenantpulse.exporter.kube;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * One line of a watch, {@code {"type":…,"object":…}}, told apart from its tokens: no object of it is built.
 *
 * @param type ADDED, MODIFIED, DELETED, BOOKMARK or ERROR; empty if the line is no watch event
 * @param offset where the object begins
 * @param length bytes of the object
 * @param resourceVersion of the object, null where it has none
 * @param code of an ERROR's status, else 0
 * @param initialEventsEnd whether this is the bookmark that closes a streaming list
 */
record WatchLine(
        String type, int offset, int length, @Nullable String resourceVersion, int code, boolean initialEventsEnd) {
    private static final JsonFactory JSON = new JsonFactory();
    private static final String INITIAL_EVENTS_END = "k8s.io/initial-events-end";

    /** Reads a line; one that is cut off or malformed gives what was found up to there. */
    static WatchLine of(byte[] line, int length) {
        Reading reading = new Reading(line, length);
        try (JsonParser parser = JSON.createParser(line, 0, length)) {
            reading.envelope(parser);
        } catch (IOException e) {
            // What was found so far stands; the object itself is judged by the one who maps it.
            reading.broken = true;
        }
        return reading.found();
    }

    private static final class Reading {
        private final byte[] line;
        private final int lineLength;
        private String type = "";
        private int offset;
        private int end;
        private @Nullable String resourceVersion;
        private int code;
        private boolean initialEventsEnd;
        private boolean broken;

        Reading(byte[] line, int lineLength) {
            this.line = line;
            this.lineLength = lineLength;
        }

        void envelope(JsonParser parser) throws IOException {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return;
            }
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String field = parser.currentName();
                JsonToken value = parser.nextToken();
                if (field.equals("type") && value == JsonToken.VALUE_STRING) {
                    type = parser.getText();
                } else if (field.equals("object") && value == JsonToken.START_OBJECT) {
                    offset = (int) parser.currentTokenLocation().getByteOffset();
                    if (object(parser)) {
                        return;
                    }
                    end = (int) parser.currentLocation().getByteOffset();
                } else {
                    parser.skipChildren();
                }
            }
        }

        /** Returns true if all that is needed was found and the object is known to end just before the line's last brace. */
        private boolean object(JsonParser parser) throws IOException {
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String field = parser.currentName();
                JsonToken value = parser.nextToken();
                if (field.equals("metadata") && value == JsonToken.START_OBJECT) {
                    metadata(parser);
                    if (isPlainEvent() && resourceVersion != null) {
                        end = lastBrace();
                        return true;
                    }
                } else if (field.equals("code") && value == JsonToken.VALUE_NUMBER_INT) {
                    code = parser.getIntValue();
                } else {
                    parser.skipChildren();
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

        private void metadata(JsonParser parser) throws IOException {
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String field = parser.currentName();
                JsonToken value = parser.nextToken();
                if (field.equals("resourceVersion") && value == JsonToken.VALUE_STRING) {
                    resourceVersion = parser.getText();
                } else if (field.equals("annotations") && value == JsonToken.START_OBJECT && type.equals("BOOKMARK")) {
                    annotations(parser);
                } else {
                    parser.skipChildren();
                }
            }
        }

        private void annotations(JsonParser parser) throws IOException {
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                boolean wanted = parser.currentName().equals(INITIAL_EVENTS_END);
                parser.nextToken();
                initialEventsEnd |= wanted && "true".equals(parser.getText());
                parser.skipChildren();
            }
        }

        WatchLine found() {
            int until = broken || end <= offset ? lineLength : end;
            return new WatchLine(type, offset, until - offset, resourceVersion, code, initialEventsEnd);
        }
    }
}
