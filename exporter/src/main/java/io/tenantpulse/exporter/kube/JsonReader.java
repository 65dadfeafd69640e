package io.tenantpulse.exporter.kube;

import java.nio.charset.StandardCharsets;

/**
 * Reads JSON from a range of bytes, value by value, for one thread. What is skipped is only scanned: neither values nor field
 * names of it become objects. (A general parser keeps every field name that it meets, so keys of ConfigMaps and
 * annotations too, and refuses what it finds too deep or too long even where nobody reads it. In time, all facts of the
 * recorded objects are read here in about what Jackson's parser takes to skip them.)
 *
 * <p>Calls follow the document: at a value, one of {@code read…}, {@link #skipValue}, or {@link #beginObject} with
 * {@link #nextField} until END, or {@link #beginArray} with {@link #nextElement} until false.
 */
final class JsonReader {
    private final Interner interner;
    private byte[] bytes = new byte[0];
    private int position;
    private int end;
    private int skippedFrom;
    private int skippedTo;

    JsonReader(Interner interner) {
        this.interner = interner;
    }

    /** A reader for what has few strings, of which hardly one comes twice. */
    static JsonReader ofFewStrings() {
        return new JsonReader(new Interner(1, 1));
    }

    void reset(byte[] source, int offset, int length) {
        bytes = source;
        position = offset;
        end = offset + length;
        skippedFrom = -1;
    }

    void reset(ObjectBytes object) {
        reset(object.bytes(), object.offset(), object.length());
        skippedFrom = object.skippedTo() <= end ? object.skippedFrom() : -1;
        skippedTo = object.skippedTo();
    }

    /** Forgets the bytes, so that they can be collected. */
    void release() {
        bytes = new byte[0];
        position = 0;
        end = 0;
    }

    int position() {
        return position;
    }

    /** Goes back to where a value begins, to read it again. */
    void back(int valueStart) {
        position = valueStart;
    }

    /** First byte of the value that comes next. */
    int peek() {
        while (position < end) {
            byte b = bytes[position];
            if (b > ' ') {
                return b;
            }
            position++;
        }
        throw truncated();
    }

    /** Whether nothing but white space is left. */
    boolean atEnd() {
        while (position < end && bytes[position] <= ' ' && bytes[position] >= 0) {
            position++;
        }
        return position >= end;
    }

    /** Steps into an object; a null is read over and answered with false. */
    boolean beginObject() {
        return begin('{', "an object");
    }

    /** Steps into an array; a null is read over and answered with false. */
    boolean beginArray() {
        return begin('[', "an array");
    }

    private boolean begin(char open, String what) {
        int first = peek();
        if (first == open) {
            position++;
            return true;
        }
        if (readNull()) {
            return false;
        }
        throw new MalformedJsonException(what + " was expected");
    }

    /** The next field of the object: {@link Field#OTHER} where it is not whitelisted anywhere, {@link Field#END} at the end. */
    Field nextField() {
        int first = peek();
        if (first == ',') {
            position++;
            first = peek();
        }
        if (first == '}') {
            position++;
            return Field.END;
        }
        if (first != '"') {
            throw new MalformedJsonException("a field name was expected");
        }
        Field field = fieldName();
        if (peek() != ':') {
            throw new MalformedJsonException("a colon was expected");
        }
        position++;
        return field;
    }

    private Field fieldName() {
        int start = position + 1;
        int stop = Skip.plain(bytes, start, end);
        if (stop < end && bytes[stop] == '"') {
            position = stop + 1;
            return Field.of(bytes, start, stop - start);
        }
        int from = position;
        skipString();
        if (bytes[stop] != '\\') {
            return Field.OTHER; // none of those that are read is beyond ASCII
        }
        byte[] plain = decode(from + 1, position - 1).getBytes(StandardCharsets.UTF_8);
        return Field.of(plain, 0, plain.length);
    }

    /** Whether another element of the array comes; false steps out of it. */
    boolean nextElement() {
        int first = peek();
        if (first == ',') {
            position++;
            first = peek();
        }
        if (first == ']') {
            position++;
            return false;
        }
        return true;
    }

    /** Reads over a null, if one comes. */
    boolean readNull() {
        if (peek() == 'n') {
            literal("null");
            return true;
        }
        return false;
    }

    boolean readBoolean() {
        int first = peek();
        if (first == 't') {
            literal("true");
            return true;
        }
        if (first == 'f') {
            literal("false");
            return false;
        }
        throw new MalformedJsonException("true or false was expected");
    }

    private void literal(String word) {
        int length = word.length();
        if (position + length > end) {
            throw truncated();
        }
        for (int i = 0; i < length; i++) {
            if (bytes[position + i] != word.charAt(i)) {
                throw new MalformedJsonException("null, true or false was expected");
            }
        }
        position += length;
    }

    /** A whole number that fits a long. */
    long readLong() {
        boolean negative = peek() == '-';
        int start = negative ? position + 1 : position;
        int at = start;
        long value = 0;
        while (at < end && bytes[at] >= '0' && bytes[at] <= '9') {
            if (at - start >= 18) {
                throw new MalformedJsonException("a number is too large");
            }
            value = value * 10 + (bytes[at] - '0');
            at++;
        }
        if (at == start || (at < end && isNumberRest(bytes[at]))) {
            throw new MalformedJsonException("a whole number was expected");
        }
        position = at;
        return negative ? -value : value;
    }

    private static boolean isNumberRest(byte b) {
        return b == '.' || b == 'e' || b == 'E';
    }

    int readInt() {
        long value = readLong();
        if (value != (int) value) {
            throw new MalformedJsonException("a number is too large");
        }
        return (int) value;
    }

    /** A string; one that was read before is likely the same instance. */
    String readString() {
        if (peek() != '"') {
            throw new MalformedJsonException("a string was expected");
        }
        int start = position + 1;
        int stop = Skip.plain(bytes, start, end);
        if (stop < end && bytes[stop] == '"') {
            position = stop + 1;
            return interner.intern(bytes, start, stop - start);
        }
        return decode();
    }

    /** A message for people: redacted and cut, so that what it may hold of credentials never becomes an object of its own. */
    String readMessage() {
        if (peek() != '"') {
            throw new MalformedJsonException("a string was expected");
        }
        int start = position + 1;
        skipString();
        return interner.message(bytes, start, position - 1 - start, this);
    }

    /** Time as RFC 3339, in milliseconds since 1970. */
    long readTime() {
        if (peek() != '"') {
            throw new MalformedJsonException("a time was expected");
        }
        int start = position + 1;
        skipString();
        int stop = position - 1;
        try {
            return Times.parse(bytes, start, stop);
        } catch (MalformedJsonException e) {
            if (Skip.plain(bytes, start, stop) == stop) {
                throw e;
            }
            byte[] plain =
                    decode(start, stop).getBytes(StandardCharsets.UTF_8); // no API server writes a time with escapes
            return Times.parse(plain, 0, plain.length);
        }
    }

    /** Decodes the string whose opening quote comes next. */
    private String decode() {
        int start = position + 1;
        skipString();
        return decode(start, position - 1);
    }

    /** Decodes the inside of a string, escapes and all. */
    String decode(int from, int to) {
        StringBuilder text = new StringBuilder(to - from);
        int plain = from;
        int at = from;
        while (at < to) {
            if (bytes[at] != '\\') {
                at++;
                continue;
            }
            text.append(new String(bytes, plain, at - plain, StandardCharsets.UTF_8));
            at = escape(text, at + 1, to);
            plain = at;
        }
        text.append(new String(bytes, plain, to - plain, StandardCharsets.UTF_8));
        return withoutLoneSurrogates(text);
    }

    /** Half a character, which only an escape can write, could not be written again. */
    private static String withoutLoneSurrogates(StringBuilder text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (!Character.isSurrogate(c)) {
                continue;
            }
            if (Character.isHighSurrogate(c) && i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1))) {
                i++;
            } else {
                text.setCharAt(i, '\uFFFD');
            }
        }
        return text.toString();
    }

    private int escape(StringBuilder text, int at, int to) {
        byte b = bytes[at];
        int replaced = "\"\\/bfnrt".indexOf(b);
        if (replaced >= 0) {
            text.append("\"\\/\b\f\n\r\t".charAt(replaced));
            return at + 1;
        }
        if (b != 'u' || at + 5 > to) {
            throw new MalformedJsonException("an escape is not known");
        }
        int unit = 0;
        for (int i = 1; i <= 4; i++) {
            int digit = Character.digit(bytes[at + i], 16);
            if (digit < 0) {
                throw new MalformedJsonException("an escape is not known");
            }
            unit = unit * 16 + digit;
        }
        text.append((char) unit);
        return at + 5;
    }

    /** Steps over a value of any kind and depth. */
    void skipValue() {
        int first = peek();
        if (first == '"') {
            skipString();
        } else if (first == '{' || first == '[') {
            skipNested();
        } else {
            skipScalar();
        }
    }

    private void skipScalar() {
        int start = position;
        while (position < end) {
            byte b = bytes[position];
            if (b == ',' || b == '}' || b == ']' || b <= ' ') {
                break;
            }
            position++;
        }
        if (position == start) {
            throw new MalformedJsonException("a value was expected");
        }
    }

    private void skipNested() {
        if (position == skippedFrom) {
            position = skippedTo;
            return;
        }
        int after = Skip.nested(bytes, position, end);
        if (after < 0) {
            throw truncated();
        }
        position = after;
    }

    private void skipString() {
        int after = Skip.string(bytes, position + 1, end);
        if (after < 0) {
            throw truncated();
        }
        position = after;
    }

    private static MalformedJsonException truncated() {
        return new MalformedJsonException("the JSON ends too early");
    }
}
