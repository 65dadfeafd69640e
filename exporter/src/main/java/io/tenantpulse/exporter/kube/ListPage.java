package io.tenantpulse.exporter.kube;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * What one page of a list says beside its items.
 *
 * @param resourceVersion of the whole list, the same on every page
 * @param next the token of the next page, null on the last
 */
record ListPage(@Nullable String resourceVersion, @Nullable String next) {
    private static final JsonFactory JSON = new JsonFactory();

    /** Receives the place of one item in the page's bytes. */
    interface ItemReader {
        void item(byte[] page, int offset, int length) throws InterruptedException;
    }

    /**
     * Reads a page and hands on each item as a range of its bytes.
     *
     * @throws IOException if it is not a list; no item is then to be believed complete
     */
    static ListPage read(byte[] page, int length, ItemReader reader) throws IOException, InterruptedException {
        String resourceVersion = null;
        String next = null;
        try (JsonParser parser = JSON.createParser(page, 0, length)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new IOException("the answer to a list is not a JSON object");
            }
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String field = parser.currentName();
                JsonToken value = parser.nextToken();
                if (field.equals("metadata") && value == JsonToken.START_OBJECT) {
                    while (parser.nextToken() == JsonToken.FIELD_NAME) {
                        String name = parser.currentName();
                        parser.nextToken();
                        if (name.equals("resourceVersion")) {
                            resourceVersion = parser.getText();
                        } else if (name.equals("continue")) {
                            next = parser.getText();
                        }
                        parser.skipChildren();
                    }
                } else if (field.equals("items") && value == JsonToken.START_ARRAY) {
                    items(parser, page, reader);
                } else {
                    parser.skipChildren();
                }
            }
        }
        return new ListPage(resourceVersion, next == null || next.isEmpty() ? null : next);
    }

    private static void items(JsonParser parser, byte[] page, ItemReader reader)
            throws IOException, InterruptedException {
        while (parser.nextToken() == JsonToken.START_OBJECT) {
            int begin = (int) parser.currentTokenLocation().getByteOffset();
            parser.skipChildren();
            int end = (int) parser.currentLocation().getByteOffset();
            reader.item(page, begin, end - begin);
        }
    }
}
