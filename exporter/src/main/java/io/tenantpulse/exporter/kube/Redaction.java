package io.tenantpulse.exporter.kube;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Takes credentials out of messages for people, and cuts them. It errs towards taking out: a message is a hint, never the
 * evidence. Names of objects, images and ordinary sentences stay.
 */
public final class Redaction {
    /** What stands in place of a credential. */
    static final String REPLACEMENT = "[redacted]";

    /** Longest message that is kept, in bytes of UTF-8. */
    static final int LIMIT_BYTES = 1024;

    /** How much of a message is looked at. */
    static final int READ_BYTES = 8 * LIMIT_BYTES;

    private static final String ELLIPSIS = "\u2026";

    private static final Pattern PEM =
            Pattern.compile("-----BEGIN [A-Z0-9 ]{1,40}-----.*?(?:-----END [A-Z0-9 ]{1,40}-----|\\z)", Pattern.DOTALL);
    private static final Pattern URL_USER = Pattern.compile("([a-zA-Z][a-zA-Z0-9+.-]{1,20}://)[^\\s/@\"']{1,512}@");
    private static final Pattern DSN_USER =
            Pattern.compile("\\b([A-Za-z0-9_.-]{1,64}):[^\\s:@/\"']{1,256}@(?=[A-Za-z0-9(\\[])");
    private static final Pattern AUTHORIZATION =
            Pattern.compile("(?i)\\b(?=[bdna])(bearer|basic|digest|negotiate|apikey)(\\s+)[A-Za-z0-9._~+/=-]{6,}");
    private static final Pattern PAIR = Pattern.compile(
            "(?i)(?=[pstac])((?:password|passwd|passphrase|pwd|secret|token|api[_-]?key|access[_-]?key(?:[_-]?id)?|private[_-]?key"
                    + "|client[_-]?secret|credentials?|authorization|cookie|session[_-]?id|sig(?:nature)?|auth)"
                    + "[\"']?\\s*(?:[=:]|\\bis\\b)\\s*(?:(?:bearer|basic)\\s+)?+)(?!\\[redacted\\])"
                    + "(?:\"[^\"]*(?:\"|\\z)|'[^']*(?:'|\\z)|[^\\s,;&\"')\\]}]+)");
    private static final Pattern PAIR_QUOTED = Pattern.compile(
            "(?i)((?:password|passwd|passphrase|pwd|token|api[_-]?key|private[_-]?key)\\s+)(?:\"[^\"]+(?:\"|\\z)|'[^']+(?:'|\\z))");
    private static final Pattern JWT = Pattern.compile("\\beyJ[A-Za-z0-9_-]{5,}(?:\\.[A-Za-z0-9_-]*){0,4}");
    private static final Pattern KNOWN_KEYS = Pattern.compile("\\b(?:(?:AKIA|ASIA|AROA|AIDA)[A-Z0-9]{12,}"
            + "|gh[pousr]_[A-Za-z0-9]{16,}|github_pat_[A-Za-z0-9_]{20,}|glpat-[A-Za-z0-9_-]{10,}|xox[abposr]-[A-Za-z0-9-]{8,}"
            + "|sk[-_](?:live|test|proj|ant)?[-_]?[A-Za-z0-9_-]{16,}|rk_live_[A-Za-z0-9]{10,}|AIza[A-Za-z0-9_-]{20,}|hv[sb]\\.[A-Za-z0-9_-]{10,}"
            + "|npm_[A-Za-z0-9]{20,}|SG\\.[A-Za-z0-9_-]{10,}\\.[A-Za-z0-9_-]{10,}|dop_v1_[a-f0-9]{20,})");
    private static final Pattern BLOB = Pattern.compile("(?<![A-Za-z0-9+/_-])(?<!sha256:)[A-Za-z0-9+/_-]{32,}={0,2}");
    private static final Pattern QUOTED = Pattern.compile("([\"'`])([^\"'`\\s]{8,256})\\1");

    private Redaction() {}

    /** The message without credentials, at most {@value #LIMIT_BYTES} bytes of UTF-8. */
    public static String redact(String message) {
        return cut(suspicious(message) ? withoutCredentials(message) : message);
    }

    /** A quick look, since nearly all messages are harmless: every pattern needs one of these signs or a long word. */
    private static boolean suspicious(String message) {
        int word = 0;
        for (int i = 0; i < message.length(); i++) {
            char c = message.charAt(i);
            if (c == '=' || c == ':' || c == '"' || c == '\'' || c == '`' || c == '@') {
                return true;
            }
            word = c == ' ' ? 0 : word + 1;
            if (word > 12) {
                return true;
            }
        }
        return (message.contains(" is ") && PAIR.matcher(message).find())
                || AUTHORIZATION.matcher(message).find();
    }

    private static String withoutCredentials(String message) {
        String text = PEM.matcher(message).replaceAll(REPLACEMENT);
        text = URL_USER.matcher(text).replaceAll("$1" + REPLACEMENT + "@");
        text = AUTHORIZATION.matcher(text).replaceAll("$1$2" + REPLACEMENT);
        text = PAIR.matcher(text).replaceAll("$1" + REPLACEMENT);
        text = PAIR_QUOTED.matcher(text).replaceAll("$1" + REPLACEMENT);
        text = DSN_USER.matcher(text).replaceAll("$1:" + REPLACEMENT + "@");
        text = JWT.matcher(text).replaceAll(REPLACEMENT);
        text = KNOWN_KEYS.matcher(text).replaceAll(REPLACEMENT);
        text = replaceIf(BLOB.matcher(text), 0);
        return replaceIf(QUOTED.matcher(text), 2);
    }

    private static String replaceIf(Matcher matcher, int group) {
        StringBuilder text = new StringBuilder();
        while (matcher.find()) {
            String found = matcher.group(group);
            boolean credential = group == 0 ? isBlob(found) : isQuotedCredential(found);
            String replaced = group == 0 ? REPLACEMENT : matcher.group(1) + REPLACEMENT + matcher.group(1);
            matcher.appendReplacement(text, Matcher.quoteReplacement(credential ? replaced : matcher.group()));
        }
        return matcher.appendTail(text).toString();
    }

    /** Long runs of base64 or hex; paths, and names of words with dashes, are none. */
    private static boolean isBlob(String run) {
        if (run.startsWith(REPLACEMENT)) {
            return false;
        }
        int longest = 0;
        int start = 0;
        for (int i = 0; i <= run.length(); i++) {
            if (i == run.length() || "-_/".indexOf(run.charAt(i)) >= 0) {
                longest = Math.max(longest, i - start);
                start = i + 1;
            }
        }
        boolean upper = run.chars().anyMatch(Character::isUpperCase);
        boolean lower = run.chars().anyMatch(Character::isLowerCase);
        boolean digit = run.chars().anyMatch(Character::isDigit);
        return (upper && lower && digit) || (longest >= 32 && digit);
    }

    /** Mixed as no name of Kubernetes is: capitals beside digits, or signs that names cannot have. */
    private static boolean isQuotedCredential(String quoted) {
        if (quoted.equals(REPLACEMENT) || quoted.contains("/") || quoted.contains("://")) {
            return false;
        }
        boolean upper = quoted.chars().anyMatch(Character::isUpperCase);
        boolean lower = quoted.chars().anyMatch(Character::isLowerCase);
        boolean digit = quoted.chars().anyMatch(Character::isDigit);
        boolean sign = quoted.chars().anyMatch(c -> "!@#$%^&*+=?~|".indexOf(c) >= 0);
        int kinds = (upper ? 1 : 0) + (lower ? 1 : 0) + (digit ? 1 : 0) + (sign ? 1 : 0);
        return kinds >= 3 || (kinds == 2 && sign && digit);
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
