package io.tenantpulse.process;

import java.util.Collection;
import java.util.Comparator;
import java.util.function.UnaryOperator;

/** Guesses what a person meant by a name that does not exist. */
public final class Suggestion {
    private static final int FAR = 4;

    private Suggestion() {}

    /** Ends a message: the nearest known name if it is near, else all of them. */
    public static String among(Collection<String> known, String name, UnaryOperator<String> spelling) {
        String nearest = known.stream()
                .min(Comparator.comparingInt(one -> distance(one, name)))
                .orElse("");
        if (!nearest.isEmpty() && distance(nearest, name) < FAR) {
            return ": did you mean " + spelling.apply(nearest) + "?";
        }
        return ": known are " + String.join(", ", known.stream().map(spelling).toList());
    }

    /** Levenshtein's. */
    private static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j < row.length; j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int change = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(change, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[b.length()];
    }
}
