package io.tenantpulse.exporter;

import java.util.Collection;
import org.apache.avro.generic.IndexedRecord;

/** How large a record is when written, without writing it. */
final class Sizes {
    /** Most bytes that Avro takes for anything that is no string. */
    private static final int SCALAR_BYTES = 11;

    private Sizes() {}

    /** Whether the record surely takes no more bytes than that. */
    static boolean fits(IndexedRecord record, int maxBytes) {
        return of(record, 3) <= maxBytes || of(record, 0) <= maxBytes;
    }

    /** @param bytesPerChar 0: count exactly */
    private static long of(Object value, int bytesPerChar) {
        if (value instanceof String text) {
            return SCALAR_BYTES + (bytesPerChar == 0 ? bytes(text) : (long) text.length() * bytesPerChar);
        }
        long size = SCALAR_BYTES;
        if (value instanceof Collection<?> each) {
            for (Object item : each) {
                size += of(item, bytesPerChar);
            }
        } else if (value instanceof IndexedRecord record) {
            int fields = record.getSchema().getFields().size();
            for (int i = 0; i < fields; i++) {
                Object field = record.get(i);
                size += field == null ? 1 : of(field, bytesPerChar);
            }
        }
        return size;
    }

    private static long bytes(String text) {
        long bytes = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            bytes += c < 0x80 ? 1 : c < 0x800 ? 2 : 3;
        }
        return bytes;
    }
}
