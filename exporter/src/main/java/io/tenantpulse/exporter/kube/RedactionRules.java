package io.tenantpulse.exporter.kube;

import io.tenantpulse.exporter.kube.Redaction.Rule;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** How credentials look, one sort after the other. No rule looks at a place of the text more often than a fixed number of times. */
final class RedactionRules {
    private static final String QUOTE = "(?:\\\\*[\"'])";

    /** What names a password: whatever follows is one, unless it is a word of error messages. */
    private static final String PASSWORD = "passw(?:or)?d|passphrase|passcode|pwd|(?<![a-z])pass|(?<![a-z])pw";

    /** What names a secret that machines make: a word of lower-case letters is none. */
    private static final String SECRET = "secret|token|api[ _-]?key|access[_-]?key(?:[_-]?id)?"
            + "|(?:private|encryption|signing|master|shared|storage|account|license|ssh)[_-]?key"
            + "|credentials?|authorization|cookie|session[_-]?id|sig(?:nature)?|auth";

    /** Goes on over separators and brackets inside, but not to the next setting of a list. */
    private static final String VALUE =
            "(?:[^\\s,;&\"')\\]}]|[,;&](?![\\s,;&]|\\z|[\\w.\\- ]{1,40}[=:])" + "|[)\\]}](?![\\s.,:;)\\]}\"']|\\z))++";

    private static final String QUOTED_VALUE =
            "\\\\+\"[^\"\\\\]*+(?:\\\\+\"|\\z|(?=\\\\))|\"(?:[^\"\\\\]++|\\\\.)*+(?:\"|\\\\?\\z)|'[^']*+(?:'|\\z)";

    /** What error messages say of a password or a token, so none itself. */
    private static final Set<String> WORDS = Set.of(
            "a",
            "already",
            "an",
            "and",
            "are",
            "at",
            "authentication",
            "being",
            "can",
            "cannot",
            "context",
            "could",
            "denied",
            "does",
            "empty",
            "error",
            "expected",
            "expired",
            "failed",
            "failure",
            "false",
            "file",
            "for",
            "forbidden",
            "from",
            "get",
            "has",
            "http",
            "https",
            "illegal",
            "immutable",
            "in",
            "incorrect",
            "insufficient",
            "invalid",
            "is",
            "malformed",
            "managed",
            "mismatch",
            "missing",
            "must",
            "nil",
            "no",
            "none",
            "not",
            "null",
            "of",
            "on",
            "only",
            "or",
            "pod",
            "post",
            "rejected",
            "required",
            "rpc",
            "secret",
            "secrets",
            "server",
            "service",
            "set",
            "should",
            "that",
            "the",
            "to",
            "too",
            "true",
            "unable",
            "unauthorized",
            "undefined",
            "unexpected",
            "unknown",
            "unset",
            "unsupported",
            "used",
            "valid",
            "was",
            "with",
            "wrong",
            "x509");

    private static final Pattern LOWER_CASE = Pattern.compile("[a-z]+(?:['-][a-z]+)*[.,:;]?");
    private static final Pattern IMAGE = Pattern.compile(
            "[a-z0-9][a-z0-9./_-]*(?::\\d+/[a-z0-9./_-]+)?(?::[\\w.-]{1,128})?(?:@sha256:[0-9a-f]{64})?");
    private static final Pattern LABELS =
            Pattern.compile("[a-z0-9./_-]+(?:=|!=|==)[a-z0-9._-]*(?:,[a-z0-9./_-]+(?:=|!=|==)[a-z0-9._-]*)*");

    private static final Pattern REVISION = Pattern.compile("[\\w./-]{1,128}@sha\\d+:[0-9a-f]+");

    /** Before hexadecimal digits that name something. */
    private static final Pattern DIGEST_OR_ID = Pattern.compile(
            "(?i)(?:sha\\d{1,3}[:-]|md5:|(?:containerd|docker|cri-o|docker-pullable)://|\\b(?:sandbox|container|task|id) [\\\\\"']{0,3})\\z");

    private static final int LONGEST_BEFORE = 24;
    private static final Pattern IMAGE_BEFORE = Pattern.compile("(?i)image:? ?\\\\?\\z");
    private static final Pattern HEX = Pattern.compile("[0-9a-f]{12,128}");
    private static final Pattern ID_IN_PATH =
            Pattern.compile("(?:^|/)(?:k8s\\.io|containers|pods|sandboxes|io)/[0-9a-f]{64}(?:/|$)");

    /** In this order: what is surest first. */
    static final List<Rule> ALL = List.of(
            new Rule(
                            Pattern.compile(
                                    "-{4,5} ?BEGIN [A-Z0-9 ]{1,40}-{4,5}.*?(?:-{4,5} ?END [A-Z0-9 ]{1,40}-{4,5}|\\z)",
                                    Pattern.DOTALL),
                            (match, text) -> Redaction.REPLACEMENT)
                    .onlyWith("begin"),
            // User and password in a URL; a password may hold @ and, unless it looks like a port, /.
            userOfUrl(
                            "([a-zA-Z][a-zA-Z0-9+.-]{1,20}://)[^\\s/\"'@:?#]{0,128}:(?!\\d{1,5}[/?])[^\\s\"']{1,256}@(?!sha\\d)")
                    .onlyWith("://"),
            userOfUrl("([a-zA-Z][a-zA-Z0-9+.-]{1,20}://)[^\\s/\"'?#<>]{1,512}@(?!sha\\d)")
                    .onlyWith("://"),
            userOfUrl("(?i)(\\b(?:thin|oci8?):)[^\\s/@\"']{1,64}/[^\\s@\"']{1,128}@")
                    .onlyWith("@"),
            Rule.after("(?i)((?:hooks\\.slack\\.com/(?:services|workflows|triggers)|discord(?:app)?\\.com/api/webhooks"
                            + "|webhook\\.office\\.com/webhookb2|outlook\\.office\\.com/webhook)/)[^\\s\"'<>]+")
                    .onlyWith("slack", "discord", "office"),
            new Rule(
                            Pattern.compile(
                                    "(?i)\\b((?:bearer|basic|digest|negotiate|apikey)\\s+)(?!realm=)([A-Za-z0-9._~+/=-]{6,})"),
                            (match, text) ->
                                    isProse(match.group(2)) ? match.group() : match.group(1) + Redaction.REPLACEMENT)
                    .onlyWith("bearer", "basic", "digest", "negotiate", "apikey"),
            Rule.after(
                            "(?i)((?<![\\w-])--?[\\w-]{0,40}?(?:pass(?:word|wd|phrase)?|pwd|token|secret|(?:api|access|private)-?key)\\s+)"
                                    + "(?!\\[redacted\\]|-)(?:" + QUOTED_VALUE + "|[^\\s\"']+)")
                    .onlyWith("pass", "pwd", "token", "secret", "key"),
            Rule.after("((?<!\\S)(?:-u|--user)[ =]?[\"']?[^\\s:\"']{1,64}:)(?!\\[redacted\\])[^\\s\"']+")
                    .onlyWith("-u"),
            Rule.after("(\\b(?:mysql|mariadb)\\w*\\s[^\\n]{0,80}?\\s-p)(?![\\s=\\[])[^\\s\"']+")
                    .onlyWith("mysql", "mariadb"),
            Rule.after("(?i)(<[\\w:-]{0,30}?(?:" + PASSWORD + "|" + SECRET
                            + ")[^<>\\n]{0,40}>)(?!\\[redacted\\])[^<\\s][^<]*")
                    .onlyWith("<"),
            Rule.after("(?i)((?:set-)?cookie2?" + QUOTE + "?\\s*[:=]\\s*[\"']?)(?=[^\\n\"'=]{1,128}=)[^\\n\"']+")
                    .onlyWith("cookie"),
            pair(PASSWORD, false).onlyWith("pass", "pw"),
            pair(SECRET, true).onlyWith("secret", "token", "key", "credential", "cookie", "session", "sig", "auth"),
            Rule.after("(?i)((?:passw(?:or)?d|passphrase|passcode|pwd|token|api[ _-]?key|private[_-]?key)\\s+)"
                            + "(?!\\\\*\"?\\[redacted\\])(?:" + QUOTED_VALUE + ")")
                    .onlyWith("pass", "pwd", "token", "key"),
            // "password hunter2": without a sign between them, only what is no word of a sentence.
            Rule.after(
                            "(?i)(\\b(?:passw(?:or)?d|passphrase|passcode|pwd) )(?=[^\\s\\d!@#$%^&*?~+=]{0,64}[\\d!@#$%^&*?~+=])"
                                    + "(?![a-z]+[-/]|\\[redacted\\])[^\\s\"',;]{4,}")
                    .onlyWith("pass", "pwd"),
            Rule.after("(?i)(\\btoken )(?=[a-z]{0,64}\\d)[a-z0-9_]{12,}").onlyWith("token"),
            new Rule(
                            Pattern.compile(
                                    "(?<![A-Za-z0-9_.-])([A-Za-z0-9_.-]{1,64}):[^\\s:@/\"'()]{1,256}@(?!sha\\d)(?=[A-Za-z0-9(\\[])"),
                            (match, text) -> match.group(1) + ":" + Redaction.REPLACEMENT + "@")
                    .onlyWith("@"),
            whole("(?<![A-Za-z0-9])eyJ[A-Za-z0-9_-]{5,}(?:\\.[A-Za-z0-9_-]*){0,4}")
                    .onlyWith("eyj"),
            whole("(?<![A-Za-z0-9])(?:A3T[A-Z0-9]|AKIA|AGPA|AIDA|AROA|AIPA|ANPA|ANVA|ASIA|ABIA|ACCA)[A-Z0-9]{12,}"),
            whole(
                    "(?<![A-Za-z0-9])(?:gh[pousr]_[A-Za-z0-9]{16,}|github_pat_[A-Za-z0-9_]{20,}|gl(?:pat|rt|dt|ptt|cbt|soat|ft|imt|agent)-[A-Za-z0-9_-]{10,}"
                            + "|xox[abeoprs]-[A-Za-z0-9-]{8,}|xapp-[A-Za-z0-9-]{8,}|xwfp-[A-Za-z0-9-]{8,}"
                            + "|[srp]k[-_](?:live|test|proj|ant|svcacct|admin|or)[-_][A-Za-z0-9_-]{10,}|sk-[A-Za-z0-9]{16,}|whsec_[A-Za-z0-9+/=]{10,}"
                            + "|AIza[A-Za-z0-9_-]{20,}|ya29\\.[A-Za-z0-9_-]{10,}|GOCSPX-[A-Za-z0-9_-]{10,}|1//0[A-Za-z0-9_-]{20,}"
                            + "|hv[sbr]\\.[A-Za-z0-9_-]{10,}|s\\.[A-Za-z0-9]{24}(?![A-Za-z0-9])|npm_[A-Za-z0-9]{20,}|pypi-[A-Za-z0-9_-]{16,}|dckr_(?:pat|oat)_[A-Za-z0-9_-]{10,}"
                            + "|SG\\.[A-Za-z0-9_-]{10,}\\.[A-Za-z0-9_-]{10,}|do[opr]_v1_[a-f0-9]{20,}|shp(?:at|ss|ca|pa)_[a-fA-F0-9]{16,}"
                            + "|lin_api_[A-Za-z0-9]{16,}|ATATT3x[A-Za-z0-9_=-]{10,}|hf_[A-Za-z0-9]{16,}|NRAK-[A-Z0-9]{16,}|PMAK-[A-Za-z0-9-]{16,}"
                            + "|dp\\.(?:pt|st|ct|sa)\\.[A-Za-z0-9._-]{10,}|sq0(?:atp|csp)-[A-Za-z0-9_-]{10,}|key-[0-9a-f]{32}|AGE-SECRET-KEY-1[A-Z0-9]{10,}"
                            + "|\\d{8,10}:AA[A-Za-z0-9_-]{30,}|glc_[A-Za-z0-9+/=]{16,}|glsa_[A-Za-z0-9_]{16,}|tfp_[A-Za-z0-9_]{16,}|[0-9a-f]{32}-us\\d{1,2})"),
            whole("\\$(?:1|2[abxy]?|5|6|y|apr1|argon2(?:id|i|d)|scrypt|pbkdf2(?:-sha\\d+)?)\\$[A-Za-z0-9./=,+$]{8,}")
                    .onlyWith("$"),
            new Rule(
                    Pattern.compile("(?<![A-Za-z0-9+/_-])[A-Za-z0-9+/_-]{12,}={0,2}(?![A-Za-z0-9+/_-])"),
                    RedactionRules::withoutBlob),
            new Rule(
                    Pattern.compile("(?<!regex used for validation is )([\"'`])([^\"'`\\s]{8,256})\\1"),
                    RedactionRules::withoutQuoted));

    private RedactionRules() {}

    private static Rule userOfUrl(String regex) {
        return new Rule(Pattern.compile(regex), (match, text) -> match.group(1) + Redaction.REPLACEMENT + "@");
    }

    private static Rule whole(String regex) {
        return new Rule(Pattern.compile(regex), (match, text) -> Redaction.REPLACEMENT);
    }

    /** A name, a sign and a value, in whichever of the notations of settings, headers, JSON and sentences. */
    private static Rule pair(String names, boolean machineMade) {
        Pattern pattern = Pattern.compile(
                "(?i)((?:" + names + ")" + QUOTE + "?\\s*(?:=>|[=:]{1,2}|\\bis\\b)\\s*(?:(?:bearer|basic)\\s+)?+)"
                        + "(?!\\\\*[\"']?\\[redacted\\])(" + QUOTED_VALUE + "|" + VALUE + ")");
        return new Rule(pattern, (match, text) -> {
            String value = match.group(2);
            boolean harmless = isWord(value) || (machineMade && isProse(value));
            return harmless ? match.group() : match.group(1) + Redaction.REPLACEMENT;
        });
    }

    private static boolean isWord(String value) {
        String word = value.toLowerCase(Locale.ROOT);
        while (!word.isEmpty() && ",.:;".indexOf(word.charAt(word.length() - 1)) >= 0) {
            word = word.substring(0, word.length() - 1);
        }
        return WORDS.contains(word);
    }

    private static boolean isProse(String value) {
        return LOWER_CASE.matcher(value).matches();
    }

    private static String withoutBlob(MatchResult match, String text) {
        String run = match.group();
        boolean blob = isBlob(run) || isPadded(run, match.end() == text.length() ? ' ' : text.charAt(match.end()));
        return blob && !isName(match, text) ? Redaction.REPLACEMENT : run;
    }

    /** Digests and ids are known by what stands before them. */
    private static boolean isName(MatchResult match, String text) {
        String run = match.group();
        int begin = match.start();
        while (begin < match.end() && text.charAt(begin) == '/') {
            begin++;
        }
        return ID_IN_PATH.matcher(run).find()
                || (HEX.matcher(text.substring(begin, match.end())).matches()
                        && DIGEST_OR_ID.matcher(before(begin, text)).find());
    }

    private static String before(int place, String text) {
        return text.substring(Math.max(0, place - LONGEST_BEFORE), place);
    }

    /** Base64, base62 or hexadecimal: characters of different classes follow one another as in no name. */
    private static boolean isBlob(String run) {
        Shape shape = Shape.of(run);
        return (shape.longest() >= 32
                        && shape.digits() > 0
                        && (shape.unrest() >= 0.2 || HEX.matcher(run).matches()))
                || (shape.isMixed() && shape.length() >= 32 && shape.unrest() >= 0.25)
                || (shape.isMixed() && shape.length() >= 20 && shape.unrest() >= 0.4);
    }

    /** Short base64 is known by the padding at its end, which no other sign follows. */
    private static boolean isPadded(String run, char next) {
        Shape shape = Shape.of(run);
        return run.endsWith("=")
                && " \t\r\n.,;)]}".indexOf(next) >= 0
                && shape.upper() > 0
                && shape.lower() > 0
                && shape.unrest() >= 0.3;
    }

    /**
     * Of what a run of characters is made.
     *
     * @param length without signs
     * @param longest stretch without signs
     * @param changes how often a letter or digit follows one of another class
     */
    private record Shape(int upper, int lower, int digits, int length, int longest, int changes) {
        static Shape of(String run) {
            int[] counts = new int[4];
            int longest = 0;
            int stretch = 0;
            int changes = 0;
            int before = 3;
            for (int i = 0; i < run.length(); i++) {
                int kind = kind(run.charAt(i));
                counts[kind]++;
                stretch = kind == 3 ? 0 : stretch + 1;
                longest = Math.max(longest, stretch);
                changes += kind != 3 && before != 3 && kind != before ? 1 : 0;
                before = kind;
            }
            return new Shape(counts[0], counts[1], counts[2], run.length() - counts[3], longest, changes);
        }

        private static int kind(char c) {
            return c >= 'A' && c <= 'Z' ? 0 : c >= 'a' && c <= 'z' ? 1 : c >= '0' && c <= '9' ? 2 : 3;
        }

        boolean isMixed() {
            return upper > 0 && lower > 0 && digits > 0;
        }

        double unrest() {
            return (double) changes / Math.max(1, length);
        }
    }

    private static String withoutQuoted(MatchResult match, String text) {
        String quoted = match.group(2);
        String before = text.substring(Math.max(0, match.start() - LONGEST_BEFORE), match.start());
        boolean image =
                IMAGE_BEFORE.matcher(before).find() && IMAGE.matcher(quoted).matches();
        if (image
                || LABELS.matcher(quoted).matches()
                || REVISION.matcher(quoted).matches()
                || !isQuotedCredential(quoted)) {
            return match.group();
        }
        return match.group(1) + Redaction.REPLACEMENT + match.group(1);
    }

    /** Mixed as no name of Kubernetes is: capitals beside digits, or signs that names cannot have. */
    private static boolean isQuotedCredential(String quoted) {
        if (quoted.contains(Redaction.REPLACEMENT) || quoted.contains("/") || quoted.contains("://")) {
            return false;
        }
        Shape shape = Shape.of(quoted);
        boolean sign = quoted.chars().anyMatch(c -> "!@#$%^&*+=?~|".indexOf(c) >= 0);
        int kinds = (shape.upper() > 0 ? 1 : 0)
                + (shape.lower() > 0 ? 1 : 0)
                + (shape.digits() > 0 ? 1 : 0)
                + (sign ? 1 : 0);
        return kinds >= 3 || (kinds == 2 && sign && shape.digits() > 0);
    }
}
