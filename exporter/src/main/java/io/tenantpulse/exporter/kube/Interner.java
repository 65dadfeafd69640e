package io.tenantpulse.exporter.kube;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Gives the same string for the same bytes, mostly, in bounded memory: each hash has one place, where the latest stays. So an
 * object that did not change is read without making strings anew. For one thread.
 */
final class Interner {
    private static final int STRINGS = 1 << 16;
    private static final int MESSAGES = 1 << 10;
    private static final int LONGEST = 256;

    private final @Nullable String[] strings;
    private final @Nullable String[] messages;
    private final long[] messageHashes;
    private byte[] compared = new byte[0];

    Interner() {
        this(STRINGS, MESSAGES);
    }

    /** @param stringPlaces a power of two, as is the other */
    Interner(int stringPlaces, int messagePlaces) {
        strings = new String[stringPlaces];
        messages = new String[messagePlaces];
        messageHashes = new long[messagePlaces];
    }

    /** The string of these bytes, which are ASCII. */
    String intern(byte[] in, int from, int length) {
        if (length > LONGEST) {
            return new String(in, from, length, StandardCharsets.ISO_8859_1);
        }
        int place = (int) (Skip.hash(in, from, length) >>> 40) & (strings.length - 1);
        String known = strings[place];
        if (known != null && same(known, in, from, length)) {
            return known;
        }
        String made = new String(in, from, length, StandardCharsets.ISO_8859_1);
        strings[place] = made;
        return made;
    }

    @SuppressWarnings(
            "deprecation") // The low bytes of ASCII are all that there is of it, and copying them is quickest.
    private boolean same(String known, byte[] in, int from, int length) {
        if (known.length() != length) {
            return false;
        }
        if (compared.length < length) {
            compared = new byte[LONGEST];
        }
        known.getBytes(0, length, compared, 0);
        return Arrays.equals(compared, 0, length, in, from, from + length);
    }

    /** The message in these bytes, redacted and cut. It is known again by a hash of 64 bits, never by its unredacted text. */
    String message(byte[] in, int from, int length, JsonReader reader) {
        long hash = Skip.hash(in, from, length);
        int place = (int) (hash >>> 40) & (messages.length - 1);
        String known = messages[place];
        if (known != null && messageHashes[place] == hash) {
            return known;
        }
        // Enough for what is kept, and for patterns that begin in it: what follows is cut anyway.
        int to = length <= Redaction.READ_BYTES
                ? from + length
                : Math.min(from + length, wholeEnd(in, from, from + Redaction.READ_BYTES));
        String text = reader.decode(from, to);
        String made = to < from + length ? Redaction.redactBeginning(text) : Redaction.redact(text);
        messages[place] = made;
        messageHashes[place] = hash;
        return made;
    }

    /** Last place up to {@code to} at which the inside of a string can be cut without cutting an escape. */
    private static int wholeEnd(byte[] in, int from, int to) {
        int at = from;
        while (at < to && at < in.length) {
            int step = in[at] != '\\' ? 1 : at + 1 < in.length && in[at + 1] == 'u' ? 6 : 2;
            if (at + step > to) {
                break;
            }
            at += step;
        }
        return at;
    }
}
