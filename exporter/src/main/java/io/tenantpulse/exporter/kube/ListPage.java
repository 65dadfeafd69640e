package io.tenantpulse.exporter.kube;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * What one page of a list says beside its items.
 *
 * @param resourceVersion of the whole list, the same on every page
 * @param next the token of the next page, null on the last
 * @param objects how many there are on this page and, as far as the server says, after it
 */
record ListPage(@Nullable String resourceVersion, @Nullable String next, long objects) {

    /** Receives the place of one item in the page's bytes. */
    interface ItemReader {
        void item(byte[] page, int offset, int length) throws InterruptedException;
    }

    /**
     * Reads a page and hands on each item as a range of its bytes.
     *
     * @throws IOException if it is not a list, never quoting it; no item is then to be believed complete
     */
    static ListPage read(byte[] page, int length, ItemReader reader) throws IOException, InterruptedException {
        JsonReader in = JsonReader.ofFewStrings();
        in.reset(page, 0, length);
        try {
            return read(in, page, reader);
        } catch (MalformedJsonException e) {
            throw new IOException("the answer to a list cannot be read: " + e.getMessage(), e);
        }
    }

    private static ListPage read(JsonReader in, byte[] page, ItemReader reader)
            throws IOException, InterruptedException {
        if (in.peek() != '{') {
            throw new IOException("the answer to a list is not a JSON object");
        }
        String resourceVersion = null;
        String next = null;
        boolean items = false;
        long objects = 0;
        in.beginObject();
        for (Field field = in.nextField(); field != Field.END; field = in.nextField()) {
            int first = in.peek();
            if (field == Field.METADATA && first == '{') {
                in.beginObject();
                for (Field inner = in.nextField(); inner != Field.END; inner = in.nextField()) {
                    if (inner == Field.RESOURCE_VERSION) {
                        resourceVersion = Read.text(in);
                    } else if (inner == Field.CONTINUE) {
                        next = Read.text(in);
                    } else if (inner == Field.REMAINING_ITEM_COUNT) {
                        objects += Math.max(0, Read.number(in));
                    } else {
                        in.skipValue();
                    }
                }
            } else if (field == Field.ITEMS && first == '[') {
                items = true;
                objects += items(in, page, reader);
            } else {
                items |= field == Field.ITEMS && first == 'n'; // null: none
                in.skipValue();
            }
        }
        if (!items) {
            throw new IOException(
                    "the answer to a list has no items: it is no list, and tells nothing of what is gone");
        }
        return new ListPage(resourceVersion, next == null || next.isEmpty() ? null : next, objects);
    }

    private static long items(JsonReader in, byte[] page, ItemReader reader) throws InterruptedException {
        long count = 0;
        in.beginArray();
        while (in.nextElement()) {
            count++;
            boolean object = in.peek() == '{';
            int begin = in.position();
            in.skipValue();
            if (object) {
                reader.item(page, begin, in.position() - begin);
            }
        }
        return count;
    }
}
