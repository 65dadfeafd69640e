package io.tenantpulse.standalone;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.function.Function;

/** Lines for a person. Whatever they quote cannot control the terminal. */
final class Screen {
    private static final String RESET = "\u001b[0m";

    private final StringBuilder text = new StringBuilder();
    private final boolean colour;

    /** How a line is coloured where colours are wanted. */
    enum Tone {
        PLAIN(""),
        GOOD("\u001b[32m"),
        BAD("\u001b[31m"),
        PENDING("\u001b[33m"),
        HEADING("\u001b[1m");

        private final String code;

        Tone(String code) {
            this.code = code;
        }
    }

    Screen(boolean colour) {
        this.colour = colour;
    }

    void heading(String words) {
        text.append('\n');
        append(Tone.HEADING, words);
    }

    void line(String words) {
        append(Tone.PLAIN, "  " + words);
    }

    void line(Tone tone, String words) {
        append(tone, "  " + words);
    }

    /**
     * A line for each of the first of many.
     *
     * @param total how many there are, also beyond what the array has
     */
    void lines(JsonNode all, int most, int total, String none, Function<JsonNode, String> words) {
        int shown = Math.min(most, all.size());
        for (int i = 0; i < shown; i++) {
            line(words.apply(all.get(i)));
        }
        if (all.isEmpty()) {
            line(none);
        } else if (total > shown) {
            line("and " + (total - shown) + " more (--json tells)");
        }
    }

    private void append(Tone tone, String words) {
        String clean = TerminalText.clean(words);
        boolean coloured = colour && tone != Tone.PLAIN;
        text.append(coloured ? tone.code + clean + RESET : clean).append('\n');
    }

    String text() {
        return text.toString();
    }
}
