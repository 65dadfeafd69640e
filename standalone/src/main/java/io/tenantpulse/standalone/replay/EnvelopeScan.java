package io.tenantpulse.standalone.replay;

import io.tenantpulse.exporter.kube.Skip;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Finds the fields of an ordinary line by looking at its bytes once: most of a line is the object, which its mapping reads
 * anyhow. What is in any way unusual is left to a JSON parser, which also says what is wrong with it.
 */
final class EnvelopeScan {
    private byte[] line = new byte[0];
    private int at;
    private int skippedFrom;
    private int skippedTo;

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
        skippedFrom = -1;
        skippedTo = -1;
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
                if (!(name.equals("metadata") && line[at] == '{' ? skipMetadata() : skipValue())) {
                    return false;
                }
            } else if (name.equals("kind")) {
                kind = String.valueOf(value);
            } else {
                apiVersion = String.valueOf(value);
            }
        } while (skip(','));
        if (!skip('}')) {
            return false;
        }
        object = new RecordedLine.ObjectRange(from, at - from, apiVersion, kind, skippedFrom, skippedTo);
        return true;
    }

    /** Remembers its largest object or array, mostly {@code managedFields}: so that need not be stepped over again. */
    private boolean skipMetadata() {
        at++;
        do {
            space();
            if (line[at] != '"' || !skipString() || !skip(':')) {
                return false;
            }
            space();
            int from = at;
            boolean nested = line[at] == '{' || line[at] == '[';
            if (!skipValue()) {
                return false;
            }
            if (nested && at - from > skippedTo - skippedFrom) {
                skippedFrom = from;
                skippedTo = at;
            }
        } while (skip(','));
        return skip('}');
    }

    private boolean skipValue() {
        byte first = line[at];
        if (first == '"') {
            return skipString();
        }
        if (first == '{' || first == '[') {
            at = Skip.nested(line, at, line.length);
            return at > 0;
        }
        while (line[at] != ',' && line[at] != '}' && line[at] != ']' && line[at] > ' ') {
            at++;
        }
        return true;
    }

    private boolean skipString() {
        at = Skip.string(line, at + 1, line.length);
        return at > 0;
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
