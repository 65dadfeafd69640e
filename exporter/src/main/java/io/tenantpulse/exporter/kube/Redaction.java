package io.tenantpulse.exporter.kube;

import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Takes credentials out of messages for people, and cuts them. It errs towards taking out: a message is a hint, never the
 * evidence. Names of objects, images with tags and digests, and ordinary sentences stay.
 *
 * <p>What it cannot know: a password of lower-case letters that nothing but its place in a sentence betrays.
 */
public final class Redaction {
    /** What stands in place of a credential. */
    static final String REPLACEMENT = "[redacted]";

    /** Longest message that is kept, in bytes of UTF-8. */
    static final int LIMIT_BYTES = 1024;

    /** How much of a message is looked at. */
    static final int READ_BYTES = 8 * LIMIT_BYTES;

    private static final String ELLIPSIS = "\u2026";

    /** To cut can make a rule match what is left of a longer text, so rules are tried again; more rounds than this were never seen. */
    private static final int ROUNDS = 6;

    /** One of these is in every message that a rule changes, unless a long word is. */
    private static final Pattern HINT = Pattern.compile(
            "(?i)[=:\"'`@<$]|pass|pwd|token|bearer|basic|digest|negotiate|apikey|secret|cookie|auth|key|credential|sig|-p");

    private static final int LONG_WORD = 12;

    private Redaction() {}

    /** The message without credentials, at most {@value #LIMIT_BYTES} bytes of UTF-8. To redact it again changes nothing. */
    public static String redact(String message) {
        String text = cut(withoutCredentials(message));
        if (text.equals(message)) {
            return text; // as nearly all are: to look again finds no more
        }
        for (int round = 0; round < ROUNDS; round++) {
            String again = cut(withoutCredentials(text));
            if (again.equals(text)) {
                return text;
            }
            text = again;
        }
        return REPLACEMENT;
    }

    /**
     * The same of a message that was longer than was read: its last word may be the beginning of a credential that is too short to be known as one.
     */
    static String redactBeginning(String message) {
        int end = message.length();
        while (end > 0 && !Character.isWhitespace(message.charAt(end - 1))) {
            end--;
        }
        return redact(message.substring(0, end) + ELLIPSIS);
    }

    private static String withoutCredentials(String message) {
        if (!isSuspicious(message)) {
            return message;
        }
        String text = message;
        String lower = message.toLowerCase(Locale.ROOT);
        for (Rule each : RedactionRules.ALL) {
            if (each.mayMatch(lower)) {
                String changed = each.apply(text);
                lower = changed.equals(text) ? lower : changed.toLowerCase(Locale.ROOT);
                text = changed;
            }
        }
        return text;
    }

    /** A quick look, since nearly all messages are harmless. */
    private static boolean isSuspicious(String message) {
        int word = 0;
        for (int i = 0; i < message.length(); i++) {
            word = message.charAt(i) == ' ' ? 0 : word + 1;
            if (word > LONG_WORD) {
                return true;
            }
        }
        return HINT.matcher(message).find();
    }

    /**
     * What one sort of credential looks like.
     *
     * @param hints in lower case; one of them is in every text that the pattern finds something in; empty: nothing is known of it
     * @param replacement what stands in place of a match; the match itself if it is none
     */
    record Rule(Pattern pattern, List<String> hints, Replacement replacement) {
        Rule(Pattern pattern, Replacement replacement) {
            this(pattern, List.of(), replacement);
        }

        /** To look for a word costs far less than to try a pattern at each place. */
        Rule onlyWith(String... words) {
            return new Rule(pattern, List.of(words), replacement);
        }

        boolean mayMatch(String lower) {
            for (String hint : hints) {
                if (lower.contains(hint)) {
                    return true;
                }
            }
            return hints.isEmpty();
        }

        /** Takes out what follows the first group, which stays. */
        static Rule after(String regex) {
            return new Rule(Pattern.compile(regex), (match, text) -> match.group(1) + REPLACEMENT);
        }

        String apply(String text) {
            Matcher matcher = pattern.matcher(text);
            return matcher.find()
                    ? matcher.replaceAll(match -> Matcher.quoteReplacement(replacement.of(match, text)))
                    : text;
        }
    }

    /** What stands in place of a match in that text. */
    interface Replacement {
        String of(MatchResult match, String text);
    }

    /** Cuts at a whole character, and says so. */
    static String cut(String text) {
        if (text.length() <= LIMIT_BYTES / 3) {
            return text;
        }
        int bytes = 0;
        int kept = 0;
        for (int i = 0; i < text.length(); ) {
            int code = text.codePointAt(i);
            bytes += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
            i += Character.charCount(code);
            if (bytes > LIMIT_BYTES) {
                return text.substring(0, kept) + ELLIPSIS;
            }
            if (bytes <= LIMIT_BYTES - 3) {
                kept = i;
            }
        }
        return text;
    }
}
