package io.tenantpulse.bench.detector;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What we set out to reach, beside what was measured. */
final class Goals {
    private final List<String> rows = new ArrayList<>();

    void atMost(String what, double bound, Optional<Double> measured, String unit) {
        measured.ifPresent(is -> row(what, "≤ " + number(bound) + unit, number(is) + unit, is <= bound));
    }

    private void row(String what, String goal, String is, boolean met) {
        rows.add("| " + what + " | " + goal + " | " + is + " | " + (met ? "met" : "**missed**") + " |\n");
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, value < 100 ? "%.2f" : "%,.0f", value);
    }

    boolean isEmpty() {
        return rows.isEmpty();
    }

    String table() {
        return "### Goals\n\n| what | goal | measured | |\n|---|---|---|---|\n" + String.join("", rows);
    }
}
