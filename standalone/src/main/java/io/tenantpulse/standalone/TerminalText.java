package io.tenantpulse.standalone;

/** Text from elsewhere, made safe for a terminal: one line, no control characters, no characters that reorder text. */
final class TerminalText {
    private TerminalText() {}

    static String clean(String text) {
        StringBuilder clean = new StringBuilder(text.length());
        text.codePoints().forEach(c -> {
            if (!isHarmful(c)) {
                clean.appendCodePoint(c);
            } else if (c == '\n' || c == '\r' || c == '\t') {
                clean.append(' ');
            } else {
                clean.append('\uFFFD');
            }
        });
        return clean.toString();
    }

    private static boolean isHarmful(int c) {
        int type = Character.getType(c);
        return type == Character.CONTROL
                || type == Character.FORMAT
                || type == Character.LINE_SEPARATOR
                || type == Character.PARAGRAPH_SEPARATOR
                || type == Character.SURROGATE;
    }
}
