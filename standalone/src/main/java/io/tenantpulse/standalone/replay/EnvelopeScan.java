package io.tenantpulse.standalone.replay;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Finds the fields of an ordinary line by looking at its bytes once: most of a line is the object, which its mapping reads
 * anyhow. What is in any way unusual is left to a JSON parser, which also says what is wrong with it.
 */
final class EnvelopeScan {
    private byte[] line = new byte[0];
    private int at;

    @Nullable
    String ts;

    @Nullable
    String cluster;

    @Nullable
    String type;

    RecordedLine.@Nullable ObjectRange object;

    /** Whether the whole line was understood; if not, the fields mean nothing. */
    boolean read(byte[] bytes) {
        line = bytes;
        at = 0;
        ts = null;
        cluster = null;
        type = null;
        object = null;
        try {
            return readFields();
        } catch (ArrayIndexOutOfBoundsException e) {
            return false; // it ends too early
        }
    }

    private boolean readFields() {
        if (!skip('{')) {
            return false;
        }
        do {
            String name = plainString();
            if (name == null || !skip(':') || !readField(name)) {
                return false;
            }
        } while (skip(','));
        return skip('}') && isBlankFromHere();
    }

    private boolean readField(String name) {
        space();
        switch (name) {
            case "ts" -> ts = plainString();
            case "cluster" -> cluster = plainString();
            case "type" -> type = plainString();
            case "object" -> {
                return readObject();
            }
            default -> {
                return false;
            }
        }
        return true;
    }

    private boolean readObject() {
        int from = at;
        String apiVersion = "";
        String kind = "";
        if (!skip('{')) {
            return false;
        }
        do {
            String name = plainString();
            if (name == null || !skip(':')) {
                return false;
            }
            space();
            boolean wanted = name.equals("apiVersion") || name.equals("kind");
            String value = wanted && line[at] == '"' ? plainString() : null;
            if (wanted && value == null) {
                return false;
            }
            if (!wanted) {
                skipValue();
            } else if (name.equals("kind")) {
                kind = String.valueOf(value);
            } else {
                apiVersion = String.valueOf(value);
            }
        } while (skip(','));
        if (!skip('}')) {
            return false;
        }
        object = new RecordedLine.ObjectRange(from, at - from, apiVersion, kind);
        return true;
    }

    private void skipValue() {
        int depth = 0;
        do {
            byte next = line[at];
            if (next == '"') {
                skipString();
                continue;
            }
            if (next == '{' || next == '[') {
                depth++;
            } else if (next == '}' || next == ']') {
                if (depth == 0) {
                    return; // a number or a word before the end of what holds it
                }
                depth--;
            } else if (next == ',' && depth == 0) {
                return;
            }
            at++;
        } while (depth > 0 || !isEndOfValue());
    }

    private boolean isEndOfValue() {
        byte next = line[at];
        return next == ',' || next == '}' || next == ']' || next <= ' ';
    }

    private void skipString() {
        at++;
        while (line[at] != '"') {
            at += line[at] == '\\' ? 2 : 1;
        }
        at++;
    }

    /** A string without escapes; null: it is none. */
    private @Nullable String plainString() {
        space();
        if (line[at] != '"') {
            return null;
        }
        int from = at + 1;
        int to = from;
        while (line[to] != '"') {
            if (line[to] == '\\' || line[to] < ' ') {
                return null;
            }
            to++;
        }
        at = to + 1;
        return new String(line, from, to - from, StandardCharsets.ISO_8859_1);
    }

    private boolean skip(char expected) {
        space();
        if (at < line.length && line[at] == expected) {
            at++;
            return true;
        }
        return false;
    }

    private void space() {
        while (at < line.length && (line[at] == ' ' || line[at] == '\t' || line[at] == '\r')) {
            at++;
        }
    }

    private boolean isBlankFromHere() {
        space();
        return at == line.length;
    }
}
