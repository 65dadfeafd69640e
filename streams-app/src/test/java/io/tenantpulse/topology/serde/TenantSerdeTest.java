package io.tenantpulse.topology.serde;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tenantpulse.detect.BrokenSpec;
import io.tenantpulse.detect.Clock;
import io.tenantpulse.detect.Flips;
import io.tenantpulse.detect.IncidentState;
import io.tenantpulse.detect.NotReady;
import io.tenantpulse.detect.Own;
import io.tenantpulse.detect.OwnGap;
import io.tenantpulse.detect.Position;
import io.tenantpulse.detect.Severity;
import io.tenantpulse.detect.Stretch;
import io.tenantpulse.detect.TenantState;
import io.tenantpulse.detect.Told;
import io.tenantpulse.diagnose.Tally;
import io.tenantpulse.model.Condition;
import io.tenantpulse.model.Counts;
import io.tenantpulse.model.TenantFacts;
import io.tenantpulse.model.TenantId;
import io.tenantpulse.trends.Health;
import io.tenantpulse.trends.Standing;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TenantSerdeTest {
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00.123Z");
    private static final TenantId ACME = new TenantId("alpha", "tenants", "Tenant", "acme");

    /** Written by the build that wrote version 3: {@link #STATES}. */
    private static final List<String> THIRD = List.of(
            "AwMAAAGcqVLGGwAAAZypRX+rAAAAAAAAAAN//////////wAAAZypRQp7FDEyMzQ1Njc4OTAxMjM0NTY3ODkwCmFscGhhDnRlbmFu"
                    + "dHMMVGVuYW50CGFjbWUGdWlkBNgEAaadp5SVZwH2qaiUlWcBDgEMAQIGBAQQRGVncmFkZWQIVHJ1ZQEKR3LDvG4BGmjDpMOfbGlj"
                    + "aCDinJMB9qmolJVnClJlYWR5CkZhbHNlAAAABAZhcGkEZGICBGRiAQZ3ZWIB/v//////////AQESY3VzdG9tZXJzAfipqJSVZ/Sp"
                    + "qJSVZwHyqaiUlWcB8KmolJVnBAZhcGkBHkRlcGxveW1lbnQuYXBwcwH2qaiUlWcBppqolJVnAdaKqJSVZwEB9qmolJVnpBMBxrmo"
                    + "lJVnAfapqJSVZ5bJqJSVZwH2qaiUlWfAzyQB9qmolJVnBGRiAAD2qaiUlWcAAAAAAh5EZXBsb3ltZW50LmFwcHMCDlNlcnZpY2UB"
                    + "AQEKCAYEAgIKdHdpY2UBBgJhAmICYfapqJSVZwIcVGVuYW50RGVncmFkZWQKR3LDvG4QQ1JJVElDQUz2qaiUlWekEwHGuaiUlWcB"
                    + "9qmolJVnlsmolJVnAfapqJSVZ8DPJAEEZGIB9qmolJVnAYb4qJSVZwEBEkltYWdlUHVsbAEGYXBpAQRkYvapqJSVZwEEaWT2qaiU"
                    + "lWf2qaiUlWcOV0FSTklORwQCQQJCAQESSW1hZ2VQdWxsAQZhcGkBBGRi9qmolJVnAgRkYgEAAgABAQEE9qmolJVn5tiolJVnAQAA"
                    + "AAGWxqmUlWcBFE1JU01BVENIRUQSY3VzdG9tZXJzBndlYgEOAh5EZXBsb3ltZW50LmFwcHMCAfapqJSVZwEaSW1hZ2VQdWxsIGlt"
                    + "ZwHW/quUlWcB9qmolJVnAQEBEA==",
            "AwB//////////3//////////AAAAAAAAAAEAAAAAAAAAAgAAAZypRQp7ATEAAAAAAAAAAAAAAAAAAAAAAAAACmFscGhhDnRlbmFu"
                    + "dHMMVGVuYW50CGFjbWUGdWlkAAAAAAAAAAAAAAAAAAD2qaiUlWcAAAAAAAAAAQAAAAAAAAAAAAAAAAAAAAAA",
            "AwB//////////3//////////AAAAAAAAAAEAAAAAAAAAAgAAAZypRQp7/wAAAAAAAAAAAAAAAAAAAAAAAAAAKmFhYWFhYWFhYWFh"
                    + "YWFhYWFhYWFhYQphbHBoYQ50ZW5hbnRzDFRlbmFudAhhY21lBnVpZAAAAAAAAAAAAAAAAAAA9qmolJVnAAAAAAAAAAEAAAAAAAAA"
                    + "AAAAAAAAAAAAAA==");

    private static final List<TenantState> STATES = List.of(full(), quiet("1"), quiet("a".repeat(21)));

    private static final List<String> FOURTH = List.of(
            "BAMAAAGcqVLGGwAAAZypRX+rAAAAAAAAAAN//////////wAAAZypRQp7FDEyMzQ1Njc4OTAxMjM0NTY3ODkwAAphbHBoYQAOdGVu"
                    + "YW50cy4IYWNtZQAGdWlkBNgEAaadp5SVZwH2qaiUlWcBDgEMAQIGBAQGCgEACkdyw7xuARpow6TDn2xpY2gg4pyTAfapqJSVZwIM"
                    + "AAAABAAGYXBpAARkYgIJAQAGd2ViAf7//////////wEBABJjdXN0b21lcnMB+KmolJVn9KmolJVnAfKpqJSVZwHwqaiUlWcEBwEA"
                    + "HkRlcGxveW1lbnQuYXBwcwH2qaiUlWcBppqolJVnAdaKqJSVZwEB9qmolJVnpBMBxrmolJVnAfapqJSVZ5bJqJSVZwH2qaiUlWfA"
                    + "zyQB9qmolJVnCQAA9qmolJVnAAAAAAIPAk4BAQEKCAYEAgIACnR3aWNlAQYAAmEAAmIT9qmolJVnAmAFRPapqJSVZ6QTAca5qJSV"
                    + "ZwH2qaiUlWeWyaiUlWcB9qmolJVnwM8kAQkB9qmolJVnAYb4qJSVZwEBbgEHAQn2qaiUlWcBBGlk9qmolJVn9qmolJVnQgQAAkEA"
                    + "AkIBAW4BBwEJ9qmolJVnAgkBAAIAAQEBBPapqJSVZ+bYqJSVZwEAAAABlsaplJVnATgNCwEOAg8CAfapqJSVZwEAGkltYWdlUHVs"
                    + "bCBpbWcB1v6rlJVnAfapqJSVZwEBARA=",
            "BAB//////////3//////////AAAAAAAAAAEAAAAAAAAAAgAAAZypRQp7ATEAAAAAAAAAAAAAAAAAAAAAAAAAAAphbHBoYQAOdGVu"
                    + "YW50cy4IYWNtZQAGdWlkAAAAAAAAAAAAAAAAAAD2qaiUlWcAAAAAAAAAAQAAAAAAAAAAAAAAAAAAAAAA",
            "BAB//////////3//////////AAAAAAAAAAEAAAAAAAAAAgAAAZypRQp7/wAAAAAAAAAAAAAAAAAAAAAAAAAAKmFhYWFhYWFhYWFh"
                    + "YWFhYWFhYWFhYQAKYWxwaGEADnRlbmFudHMuCGFjbWUABnVpZAAAAAAAAAAAAAAAAAAA9qmolJVnAAAAAAAAAAEAAAAAAAAAAAAA"
                    + "AAAAAAAAAA==");

    private final TenantSerde serde = new TenantSerde();

    private static TenantFacts bare() {
        return new TenantFacts(null, null, null, null, null, List.of(), List.of(), List.of(), null, null, null, null);
    }

    private static TenantState quiet(String version) {
        return quiet(version, "uid");
    }

    private static TenantState quiet(String version, String uid) {
        return quiet(version, uid, bare());
    }

    private static TenantState withApplied(List<String> ids) {
        TenantFacts facts =
                new TenantFacts(null, null, null, null, null, List.of(), ids, ids, "id-1", null, "id-99", null);
        return quiet("7", "uid", facts);
    }

    private static TenantState quiet(String version, String uid, TenantFacts facts) {
        return new TenantState(
                ACME,
                uid,
                version,
                new Position(1, 2),
                NOON,
                Position.NONE,
                facts,
                NOON,
                null,
                null,
                Own.UNKNOWN,
                List.of(),
                null,
                Flips.NONE,
                null,
                null,
                null);
    }

    /** One in which nothing is missing. */
    private static TenantState full() {
        TenantFacts facts = new TenantFacts(
                NOON.minusSeconds(9),
                NOON,
                7L,
                6L,
                new Counts(1, 3, 2),
                List.of(
                        new Condition("Degraded", "True", "Grün", "häßlich ✓", NOON),
                        new Condition("Ready", "False", null, null, null)),
                List.of("api", "db"),
                List.of("db"),
                "web",
                Long.MAX_VALUE,
                "customers",
                NOON.plusMillis(1));
        Stretch stretch = new Stretch(
                NOON, Duration.ofMillis(1234), true, NOON.plusSeconds(1), new OwnGap(NOON, NOON.plusSeconds(2)), NOON);
        Told told = new Told("ImagePull", "api", "db", NOON);
        return new TenantState(
                ACME,
                "uid",
                "12345678901234567890",
                new Position(3, Long.MAX_VALUE),
                NOON,
                new Position(2, 300),
                facts,
                NOON.minusMillis(1),
                NOON.minusMillis(2),
                NOON.minusMillis(3),
                new Own(
                        List.of(
                                new NotReady(
                                        "api",
                                        "Deployment.apps",
                                        true,
                                        NOON,
                                        NOON.minusSeconds(1),
                                        NOON.minusSeconds(2),
                                        true,
                                        new NotReady.Hold(stretch, Duration.ofMinutes(5), NOON)),
                                new NotReady("db", null, false, NOON, null, null, false, null)),
                        List.of("Deployment.apps"),
                        List.of("Service"),
                        true,
                        true,
                        new Tally(5, 4, 3, 2, 1, List.of("twice")),
                        new BrokenSpec(List.of("a", "b", "a"), NOON)),
                List.of(new Clock(
                        "TenantDegraded",
                        "Grün",
                        Severity.CRITICAL,
                        stretch,
                        Duration.ofSeconds(300),
                        "db",
                        NOON,
                        NOON.plusSeconds(5),
                        told)),
                new IncidentState(
                        "id",
                        NOON,
                        NOON,
                        Severity.WARNING,
                        List.of("A", "B"),
                        told,
                        List.of("db"),
                        new Counts(0, 1, 0)),
                new Flips(
                        new Flips.Series(true, true, List.of(NOON, NOON.plusSeconds(3))),
                        new Flips.Series(false, false, List.of())),
                NOON.plusSeconds(10),
                new Standing(
                        Health.MISMATCHED,
                        "customers",
                        "web",
                        7L,
                        new TreeMap<>(java.util.Map.of("Deployment.apps", 1)),
                        NOON,
                        "ImagePull img",
                        NOON.plusSeconds(30),
                        NOON,
                        true,
                        true,
                        8L),
                NOON.plusSeconds(900));
    }

    @Test
    void keepsAllThatIsRemembered() {
        assertThat(serde.toState(serde.toBytes(full()))).isEqualTo(full());
        assertThat(serde.toState(serde.toBytes(quiet("7")))).isEqualTo(quiet("7"));
    }

    @Test
    void readsWhatTheFirstVersionWrote() {
        byte[] old = new StateSerde<>(TenantState.class).toBytes(full());

        assertThat(serde.toState(old)).isEqualTo(full());
        assertThat(serde.toBytes(full())).hasSizeLessThan(old.length / 2);
    }

    @Test
    void readsWhatTheThirdVersionWrote() {
        for (int i = 0; i < THIRD.size(); i++) {
            assertOld(Base64.getDecoder().decode(THIRD.get(i)), STATES.get(i));
        }
    }

    /** As version 3, without the two times at its beginning, and with the deadline at its end. */
    @Test
    void readsWhatTheSecondVersionWrote() {
        for (int i = 0; i < THIRD.size(); i++) {
            byte[] third = Base64.getDecoder().decode(THIRD.get(i));
            StateWriter second = new StateWriter();
            second.octet(2);
            second.octet(third[1]);
            int rest = 2 + 2 * Long.BYTES;
            second.fixed(Arrays.copyOfRange(third, rest, third.length), third.length - rest);
            second.maybe(STATES.get(i).deadline(), StateWriter::time);

            assertOld(second.toBytes(), STATES.get(i));
        }
    }

    private void assertOld(byte[] bytes, TenantState state) {
        assertThat(serde.toState(bytes)).isEqualTo(state);
        assertThat(serde.deadline(bytes, 0, bytes.length)).isEqualTo(state.deadline());
        assertThat(serde.isTold(bytes, 0, bytes.length)).isEqualTo(state.isTold());
        assertThat(serde.renewed(bytes, 0, bytes.length)).isEqualTo(serde.toBytes(state));
        assertThat(TenantSerde.see(bytes, 0, sight("8"))).isFalse();
    }

    /** The bytes are kept for years: neither a word's number nor a place may move. */
    @Test
    void writesTheFourthVersion() {
        for (int i = 0; i < FOURTH.size(); i++) {
            assertThat(serde.toBytes(STATES.get(i)))
                    .isEqualTo(Base64.getDecoder().decode(FOURTH.get(i)));
        }
    }

    @Test
    void keepsUidsThatAreNone() {
        for (String uid : List.of(
                "8f14e45f-ceea-467f-9d5e-100000000427",
                "8F14E45F-CEEA-467F-9D5E-100000000427",
                "8f14e45fxceea-467f-9d5e-100000000427",
                "1-2-3-4-5",
                "",
                "ü")) {
            TenantState state = quiet("7", uid);

            assertThat(serde.toState(serde.toBytes(state))).isEqualTo(state);
        }
    }

    @Test
    void keepsMoreWordsThanItNamesAgain() {
        List<String> ids = IntStream.range(0, 100).mapToObj(i -> "id-" + i % 50).toList();
        TenantState state = withApplied(ids);

        assertThat(serde.toState(serde.toBytes(state))).isEqualTo(state);
        assertThatThrownBy(() -> Words.word(5_000)).hasMessageContaining("5000");
        for (int code = 1; code <= 63; code++) {
            assertThat(Words.code(Words.word(code))).isEqualTo(code);
        }
    }

    @Test
    void saysWhichVersionItDoesNotKnow() {
        assertThatThrownBy(() -> serde.toState(new byte[] {9, 1}))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("version 9");
    }

    @Test
    void refusesBytesAfterTheEnd() {
        byte[] bytes = serde.toBytes(full());

        assertThatThrownBy(() -> serde.toState(Arrays.copyOf(bytes, bytes.length + 1)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining(ACME.key());
    }

    /** Many stand in one page. */
    @Test
    void readsAndMovesWhatStandsInTheMiddleOfAnArray() {
        for (byte[] state : List.of(serde.toBytes(full()), serde.toBytes(quiet("123")))) {
            TenantState expected = serde.toState(state);
            byte[] page = new byte[state.length + 20];
            Arrays.fill(page, (byte) 0x55);
            System.arraycopy(state, 0, page, 13, state.length);
            int end = 13 + state.length;

            assertThat(serde.toState(page, 13, end)).isEqualTo(expected);
            assertThat(serde.deadline(page, 13, end)).isEqualTo(expected.deadline());
            assertThat(serde.look(page, 13, end)).isEqualTo(serde.look(state, 0, state.length));
            assertThat(serde.isFiring(page, 13, end)).isEqualTo(expected.isFiring());
            assertThat(serde.isTold(page, 13, end)).isEqualTo(expected.isTold());
            assertThat(serde.renewed(page, 13, end)).isNull();
            assertThat(TenantSerde.see(page, 13, sight("8"))).isTrue();
            assertThat(TenantSerde.see(state, 0, sight("8"))).isTrue();

            assertThat(TenantSerde.isSeenAt(page, 13, new Position(5, 6))).isTrue();
            assertThat(serde.toState(page, 13, end)).isEqualTo(serde.toState(state));
            assertThat(Objects.requireNonNull(TenantSerde.sight(page, 13))
                            .isSame(Objects.requireNonNull(TenantSerde.sight(state, 0))))
                    .isTrue();
            assertThat(Arrays.copyOf(page, 13)).containsOnly(0x55);
            assertThat(Arrays.copyOfRange(page, end, page.length)).containsOnly(0x55);
            assertThatThrownBy(() -> serde.toState(page, 13, end + 1)).hasMessageContaining("bytes after its end");
        }
    }

    private static TenantSerde.Sight sight(String version) {
        byte[] text = ("x" + version + "y").getBytes(StandardCharsets.UTF_8);
        return new TenantSerde.Sight(5, 6, NOON.plusSeconds(7).toEpochMilli(), text, 1, text.length - 2);
    }

    @Test
    void movesOnlyWhereATenantWasSeen() {
        for (String version : List.of("", "8", "12345678901234567890")) {
            byte[] bytes = serde.toBytes(quiet("123"));

            assertThat(TenantSerde.see(bytes, 0, sight(version))).isTrue();

            TenantState now = serde.toState(bytes);
            TenantState was = quiet(version);
            assertThat(now.position()).isEqualTo(new Position(5, 6));
            assertThat(now.seenAt()).isEqualTo(NOON.plusSeconds(7));
            assertThat(now.resourceVersion()).isEqualTo(version);
            assertThat(now.facts()).isEqualTo(was.facts());
            assertThat(now.deadline()).isEqualTo(was.deadline());
            assertThat(TenantSerde.isSeenAt(bytes, 0, new Position(5, 6))).isTrue();
            assertThat(TenantSerde.isSeenAt(bytes, 0, new Position(1, 2))).isFalse();
        }
    }

    @Test
    void leavesALongResourceVersionWhereItIs() {
        String longer = "123456789012345678901";
        byte[] bytes = serde.toBytes(quiet(longer));
        byte[] shorter = serde.toBytes(quiet("7"));

        assertThat(serde.toState(bytes)).isEqualTo(quiet(longer));
        assertThat(TenantSerde.see(bytes, 0, sight("8"))).isFalse();
        assertThat(TenantSerde.see(shorter, 0, sight(longer))).isFalse();
        assertThat(serde.toState(shorter)).isEqualTo(quiet("7"));
        assertThat(TenantSerde.sight(bytes, 0)).isNull();
    }

    @Test
    void leavesBytesOfTheFirstVersionAsTheyAre() {
        byte[] old = new StateSerde<>(TenantState.class).toBytes(full());

        assertThat(TenantSerde.see(old, 0, sight("8"))).isFalse();
        assertThat(TenantSerde.sight(old, 0)).isNull();
    }
}
