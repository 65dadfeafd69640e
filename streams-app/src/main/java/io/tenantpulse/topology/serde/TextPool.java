package io.tenantpulse.topology.serde;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Makes texts of bytes, and the same object of the same bytes where they came lately: names of conditions, kinds and
 * templates come with every record. Bounded: a text takes the place of another. Threads may share it: what one does not see
 * of another is only made once more.
 */
final class TextPool {
    private static final int PLACES = 1 << 12;
    private static final int LONGEST = 64;

    private final @Nullable String[] places = new String[PLACES];

    String text(byte[] bytes, int from, int length) {
        if (length == 0) {
            return "";
        }
        if (length > LONGEST) {
            return new String(bytes, from, length, StandardCharsets.UTF_8);
        }
        int hash = 0;
        for (int i = from; i < from + length; i++) {
            hash = 31 * hash + bytes[i];
        }
        int place = (hash ^ hash >>> 16) & (PLACES - 1);
        String known = places[place];
        if (known == null || !isSame(known, bytes, from, length)) {
            known = new String(bytes, from, length, StandardCharsets.UTF_8);
            places[place] = known;
        }
        return known;
    }

    /** A text that is not ASCII is never the same, for it is not worth the trouble. */
    private static boolean isSame(String known, byte[] bytes, int from, int length) {
        if (known.length() != length) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            if (known.charAt(i) != bytes[from + i]) {
                return false;
            }
        }
        return true;
    }
}
