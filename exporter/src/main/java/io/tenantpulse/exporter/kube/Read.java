package io.tenantpulse.exporter.kube;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads values of which null means absent. */
final class Read {
    private static final String[] NO_STRINGS = new String[0];

    private Read() {}

    /** Reads the value of one field, or skips it. */
    interface FieldReader {
        void read(Field field, JsonReader in);
    }

    /** Gives each field of an object to the reader; a null has none. */
    static void object(JsonReader in, FieldReader reader) {
        if (in.beginObject()) {
            for (Field field = in.nextField(); field != Field.END; field = in.nextField()) {
                reader.read(field, in);
            }
        }
    }

    static @Nullable String text(JsonReader in) {
        return in.readNull() ? null : in.readString();
    }

    static String textOr(JsonReader in, String absent) {
        return in.readNull() ? absent : in.readString();
    }

    static @Nullable String message(JsonReader in) {
        return in.readNull() ? null : in.readMessage();
    }

    static int integer(JsonReader in, int absent) {
        return in.readNull() ? absent : in.readInt();
    }

    static @Nullable Integer integerOrNull(JsonReader in) {
        return in.readNull() ? null : (Integer) in.readInt();
    }

    static long number(JsonReader in) {
        return in.readNull() ? Facts.NONE : in.readLong();
    }

    static long time(JsonReader in) {
        return in.readNull() ? Facts.NONE : in.readTime();
    }

    static boolean flag(JsonReader in, boolean absent) {
        return in.readNull() ? absent : in.readBoolean();
    }

    static List<String> strings(JsonReader in) {
        if (!in.beginArray() || !in.nextElement()) {
            return List.of();
        }
        List<String> read = new ArrayList<>();
        do {
            read.add(in.readString());
        } while (in.nextElement());
        return List.copyOf(read);
    }

    static List<String> sortedStrings(JsonReader in) {
        if (!in.beginArray() || !in.nextElement()) {
            return List.of();
        }
        List<String> read = new ArrayList<>();
        do {
            read.add(in.readString());
        } while (in.nextElement());
        String[] sorted = read.toArray(NO_STRINGS);
        Arrays.sort(sorted);
        return List.of(sorted);
    }

    /** Whether an array has an entry; all of it is read over. */
    static boolean hasEntry(JsonReader in) {
        boolean any = false;
        if (in.beginArray()) {
            while (in.nextElement()) {
                any = true;
                in.skipValue();
            }
        }
        return any;
    }
}
