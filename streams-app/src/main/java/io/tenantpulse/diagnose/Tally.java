package io.tenantpulse.diagnose;

import java.util.List;

/**
 * A tenant's resources, counted as the operator does, as far as can be seen.
 *
 * @param resources of the spec; 0 also where it is not known
 * @param ready all that count as ready
 * @param open of which nothing can be said
 * @param heldBack how many of the ready ones may not be counted while they are held back: behind what is not ready, or skipped
 * @param loose how many of the others are ready, but not by Lynq's stricter reading
 * @param duplicates ids that several resources share, sorted
 */
public record Tally(int resources, int ready, int open, int heldBack, int loose, List<String> duplicates) {
    public static final Tally NONE = new Tally(0, 0, 0, 0, 0, List.of());

    public Tally {
        duplicates = List.copyOf(duplicates);
    }

    String words() {
        String counted = open == 0 ? String.valueOf(ready) : ready + " to " + (ready + open);
        return counted + " of " + resources + " ready";
    }
}
