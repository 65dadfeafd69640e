package io.tenantpulse.exporter.kube;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.zip.GZIPInputStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class RedactionTest {
    /** So much of a credential may be left by chance. */
    private static final int TOO_SHORT_TO_TELL = 5;

    static List<LeakCorpus.Leak> leaks() throws IOException {
        return LeakCorpus.leaks();
    }

    static List<String> ordinary() throws IOException {
        return LeakCorpus.ordinary();
    }

    @ParameterizedTest
    @MethodSource("leaks")
    void takesCredentialsOut(LeakCorpus.Leak leak) {
        String redacted = Redaction.redact(leak.message());

        assertThat(redacted).contains(Redaction.REPLACEMENT);
        leak.secrets().forEach(secret -> assertNothingIsLeft(secret, redacted));
        assertThat(Redaction.redact(redacted)).isEqualTo(redacted);
    }

    @ParameterizedTest
    @MethodSource("ordinary")
    void leavesOrdinaryMessagesAlone(String message) {
        assertThat(Redaction.redact(message)).isEqualTo(message);
    }

    @Test
    void theCorpusIsLarge() throws IOException {
        assertThat(leaks()).hasSizeGreaterThanOrEqualTo(120);
        assertThat(ordinary()).hasSizeGreaterThanOrEqualTo(60);
    }

    @Test
    void leavesEveryMessageOfTheRecordedClustersAlone() throws IOException {
        TreeSet<String> messages = new TreeSet<>();
        for (String recording : List.of("alpha", "beta")) {
            try (BufferedReader lines = new BufferedReader(new InputStreamReader(
                    new GZIPInputStream(Objects.requireNonNull(
                            getClass().getResourceAsStream("/recorded/" + recording + ".ndjson.gz"))),
                    StandardCharsets.UTF_8))) {
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                    JsonNode status = new ObjectMapper().readTree(line).path("object");
                    status.findValuesAsText("message").forEach(messages::add);
                }
            }
        }

        assertThat(messages)
                .hasSizeGreaterThan(1000)
                .allSatisfy(message -> assertThat(Redaction.redact(message)).isEqualTo(Redaction.cut(message)));
    }

    /** The rule stops where a name could stand: such a password stays. */
    @ParameterizedTest
    @ValueSource(strings = {"the password hunter was given", "log in with secret swordfish"})
    void doesNotKnowAWordOfASentenceForAPassword(String message) {
        assertThat(Redaction.redact(message)).isEqualTo(message);
    }

    @ParameterizedTest
    @MethodSource("leaks")
    void nothingIsLeftWhereverTheLimitFalls(LeakCorpus.Leak leak) {
        for (int before = Redaction.LIMIT_BYTES - leak.message().length() - 30;
                before < Redaction.LIMIT_BYTES;
                before += 23) {
            String redacted = Redaction.redact("x ".repeat(Math.max(0, before) / 2) + leak.message());

            leak.secrets().forEach(secret -> assertNothingIsLeft(secret, redacted));
            assertThat(Redaction.redact(redacted)).isEqualTo(redacted);
        }
    }

    @ParameterizedTest
    @MethodSource("leaks")
    void nothingIsLeftWhereverReadingStops(LeakCorpus.Leak leak) {
        for (int length = 1; length < leak.message().length(); length++) {
            String redacted = Redaction.redactBeginning(leak.message().substring(0, length));

            leak.secrets().forEach(secret -> assertNothingIsLeft(secret, redacted));
        }
    }

    @Test
    void cutsAtAWholeCharacter() {
        String cut = Redaction.redact("\u00e9\ud83d\ude00 ".repeat(400));

        assertThat(cut.getBytes(StandardCharsets.UTF_8).length).isBetween(1000, 1024);
        assertThat(cut).endsWith("\u2026").doesNotContain("?");
    }

    @Property(tries = 300)
    void isStableAndBounded(@ForAll @StringLength(max = 3000) String message) {
        assertStableAndBounded(message);
    }

    @Property(tries = 500)
    void isStableAndBoundedForWhatLooksLikeCredentials(@ForAll("pieces") List<String> pieces) {
        assertStableAndBounded(String.join("", pieces));
    }

    @Provide
    Arbitrary<List<String>> pieces() throws IOException {
        List<String> parts = new java.util.ArrayList<>(List.of(
                "password",
                "token",
                "=",
                ": ",
                "\"",
                "'",
                "\\\"",
                " is ",
                "://",
                "@",
                "/",
                ",",
                ";",
                "&",
                ")",
                "\n",
                "[redacted]",
                "[reda",
                "\u2026",
                "-----BEGIN PRIVATE KEY-----",
                "-----END",
                "eyJ",
                "AKIA",
                "Bearer ",
                "x ".repeat(400),
                "Ab1".repeat(20),
                "0f".repeat(32),
                " --token ",
                " -u a:",
                "<secret>",
                "$2b$",
                "image ",
                "sha256:"));
        leaks().forEach(leak -> parts.add(leak.message()));
        return Arbitraries.of(parts).list().ofMaxSize(25);
    }

    private static void assertStableAndBounded(String message) {
        String redacted = Redaction.redact(message);

        assertThat(redacted.getBytes(StandardCharsets.UTF_8)).hasSizeLessThanOrEqualTo(Redaction.LIMIT_BYTES);
        assertThat(Redaction.redact(redacted)).isEqualTo(redacted);
    }

    /** Every rule looks at twice as long a text at most a little more than twice as often, whatever is in it. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "a",
                "A1",
                " ",
                "\"",
                "'",
                "`a",
                "=",
                "password",
                "password ",
                "password=",
                "password=\"",
                "password: [",
                "token is ",
                "://",
                "a://",
                "a://b:",
                "a:b",
                "a:b@",
                "@",
                "-----BEGIN A-----",
                "-----",
                "eyJ",
                "eyJaaaaa.",
                "AKIA",
                "$2b$",
                "-u a:",
                "--token ",
                "--",
                "-",
                "mysql ",
                "mysql -",
                "<secret",
                "<secret>",
                "\\\"",
                "\\",
                "bearer ",
                "0f",
                "/",
                "sha256:",
                ";a=",
                "),",
                "k8s.io/",
                "s.",
                "1:AA",
                "thin:a/",
                "image \"a",
                "secret\\\"\\"
            })
    void aRulesWorkGrowsWithTheLengthOfTheTextOnly(String piece) {
        for (Redaction.Rule rule : RedactionRules.ALL) {
            long half = looks(rule, piece, Redaction.READ_BYTES);
            long whole = looks(rule, piece, 2 * Redaction.READ_BYTES);

            assertThat(whole).as("%s on %s", rule.pattern(), piece).isLessThan(half * 5 / 2 + 10_000);
            assertThat(half).as("%s on %s", rule.pattern(), piece).isLessThan(700L * Redaction.READ_BYTES);
        }
    }

    @Property(tries = 60)
    void noTextMakesItFail(@ForAll Random random) {
        List<String> parts = List.of(
                "password=", "\"", "\\", "a", "A1b2", "://", ":", "@", " ", "'", "-----BEGIN A-----", "=", ",", ")");
        StringBuilder text = new StringBuilder();
        while (text.length() < Redaction.READ_BYTES) {
            text.append(parts.get(random.nextInt(parts.size()))
                    .repeat(1 + random.nextInt(random.nextInt(20) == 0 ? 2000 : 3)));
        }

        assertStableAndBounded(text.toString());
    }

    private static long looks(Redaction.Rule rule, String piece, int length) {
        CountedText text = new CountedText(piece.repeat(length / piece.length()));
        Matcher matcher = rule.pattern().matcher(text);
        while (matcher.find()) {
            // to its end
        }
        return text.looks;
    }

    private static void assertNothingIsLeft(String secret, String redacted) {
        assertThat(redacted).doesNotContain(secret);
        for (int at = 0; at + TOO_SHORT_TO_TELL < secret.length(); at++) {
            assertThat(redacted).doesNotContain(secret.substring(at, at + TOO_SHORT_TO_TELL + 1));
        }
    }

    /** Counts how often a character of it is looked at. */
    private static final class CountedText implements CharSequence {
        private final String text;
        private long looks;

        CountedText(String text) {
            this.text = text;
        }

        @Override
        public int length() {
            return text.length();
        }

        @Override
        public char charAt(int index) {
            looks++;
            return text.charAt(index);
        }

        @Override
        public CharSequence subSequence(int start, int end) {
            return text.subSequence(start, end);
        }

        @Override
        public String toString() {
            return text;
        }
    }
}
