package io.tenantpulse.standalone;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.stream.Collectors;

/**
 * Words that are found wherever they get to: each stands for one field of one object. A forbidden one must be found nowhere, a
 * configured one (the exporter's own credentials) nowhere but in its memory, an expected one proves that the search finds.
 */
final class Canaries {
    private static final String BEGINNING = "CNRY";
    private static final String END = "ZQ";
    private static final int DIGITS = 5;

    /** What a word's field is to the whitelist. */
    enum Role {
        FORBIDDEN,
        CONFIGURED,
        EXPECTED
    }

    private record Planted(Role role, String field) {}

    private final Map<String, Planted> planted = new ConcurrentSkipListMap<>();

    /** A new word for that field, of capitals and digits. */
    synchronized String plant(Role role, String field) {
        String word = BEGINNING + String.format("%0" + DIGITS + "d", planted.size()) + END;
        planted.put(word, new Planted(role, field));
        return word;
    }

    int count(Role role) {
        return (int)
                planted.values().stream().filter(each -> each.role() == role).count();
    }

    boolean isWhole(String word) {
        return planted.containsKey(word);
    }

    /** The fields with that role whose words are among those found. */
    Set<String> fields(Role role, Set<String> found) {
        return found.stream()
                .filter(word -> {
                    Planted known = planted.get(word);
                    return known == null ? role == Role.FORBIDDEN : known.role() == role;
                })
                .map(word -> word + " "
                        + (planted.containsKey(word) ? planted.get(word).field() : "(not a whole word)"))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** The fields of expected words that are not among those found. */
    Set<String> missing(Set<String> found) {
        Set<String> all = new TreeSet<>();
        planted.forEach((word, what) -> {
            if (what.role() == Role.EXPECTED && !found.contains(word)) {
                all.add(word + " " + what.field());
            }
        });
        return all;
    }

    static Set<String> in(byte[] bytes) {
        try {
            return in(new ByteArrayInputStream(bytes));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    static Set<String> in(String text) {
        return in(text.getBytes(StandardCharsets.UTF_8));
    }

    static Set<String> in(Path file) throws IOException {
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 20)) {
            return in(in);
        }
    }

    /** Every word in these bytes, as one byte for each character or as two in either order. */
    private static Set<String> in(InputStream in) throws IOException {
        Set<String> found = new TreeSet<>();
        Scan narrow = new Scan(found);
        Scan even = new Scan(found);
        Scan odd = new Scan(found);
        int previous = -1;
        boolean atEven = true;
        for (int b = in.read(); b >= 0; b = in.read()) {
            narrow.next(b);
            // Of two bytes one is 0: which comes first, and where pairs begin, does not matter.
            Scan wide = atEven ? even : odd;
            wide.next(previous == 0 ? b : b == 0 && previous > 0 ? previous : -1);
            previous = b;
            atEven = !atEven;
        }
        return found;
    }

    /** Looks for words in a row of characters. */
    private static final class Scan {
        private static final int LENGTH = BEGINNING.length() + DIGITS + END.length();

        private final Set<String> found;
        private final StringBuilder word = new StringBuilder();

        Scan(Set<String> found) {
            this.found = found;
        }

        void next(int c) {
            if (word.length() < BEGINNING.length()) {
                if (c == BEGINNING.charAt(word.length())) {
                    word.append((char) c);
                    return;
                }
                word.setLength(0);
                if (c == BEGINNING.charAt(0)) {
                    word.append((char) c);
                }
                return;
            }
            // A beginning that goes on otherwise is a word cut off, and counts as found, too.
            boolean fits = word.length() < BEGINNING.length() + DIGITS
                    ? c >= '0' && c <= '9'
                    : c == END.charAt(word.length() - BEGINNING.length() - DIGITS);
            if (fits) {
                word.append((char) c);
            }
            if (!fits || word.length() == LENGTH) {
                if (word.length() > BEGINNING.length()) {
                    found.add(word.toString());
                }
                word.setLength(0);
            }
        }
    }
}
