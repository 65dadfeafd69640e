package io.tenantpulse.exporter.kube;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.tenantpulse.exporter.Recording;
import io.tenantpulse.exporter.WatchedKind;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Real objects, mutated and written in other ways: whatever Jackson takes for JSON gives the same facts as its plain form does, and nothing gives an error. */
class HostileJsonTest {
    private static final ObjectMapper STRICT = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(com.fasterxml.jackson.databind.DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(com.fasterxml.jackson.databind.DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();
    private static final List<String> PIECES = List.of(
            "\"",
            "\\",
            "\\\"",
            "\\u0041",
            "\\u00",
            "\\ud83d\\ude00",
            "{",
            "}",
            "[",
            "]",
            ",",
            ":",
            " ",
            "\n",
            "null",
            "true",
            "0",
            "-",
            "-0",
            "1e3",
            "12345678901234567890",
            "999999999999999999",
            "é",
            "\u20ac",
            "😀",
            "{}",
            "[]",
            "\"a\":{},",
            "\u0000",
            "\t",
            "[[[[[[[[[[",
            "\"name\":\"x\",",
            "\"uid\":null,");

    private final Projection projection = new Projection();

    private List<Recording.Line> samples() {
        List<Recording.Line> all = Recording.of("alpha");
        List<Recording.Line> some = new ArrayList<>();
        for (int i = 0; i < all.size(); i += Math.max(1, all.size() / 150)) {
            if (all.get(i).watched().isPresent()) {
                some.add(all.get(i));
            }
        }
        return some;
    }

    private String facts(WatchedKind kind, byte[] json, int offset, int length) {
        return facts(kind, new ObjectBytes(json, offset, length));
    }

    private String facts(WatchedKind kind, ObjectBytes json) {
        Facts facts = projection.read(kind, json);
        String read = facts == null ? "none" : new String(WhitelistWriter.write(facts), StandardCharsets.UTF_8);
        return (projection.problem() == null ? "" : "a problem ") + read;
    }

    private String facts(WatchedKind kind, byte[] json) {
        return facts(kind, json, 0, json.length);
    }

    @Test
    void mutatedObjectsAreReadAsTheirPlainFormIs() throws IOException {
        Random random = new Random(20261123);
        int accepted = 0;
        for (int round = 0; round < 6; round++) {
            for (Recording.Line line : samples()) {
                WatchedKind kind = line.watched().orElseThrow();
                byte[] mutated = mutated(line.object(), random);
                String read = facts(kind, mutated);
                JsonNode tree = tree(mutated);
                if (tree != null && tree.isObject() && !hasLoneSurrogate(tree)) {
                    accepted++;
                    assertThat(read)
                            .as("%s", new String(mutated, StandardCharsets.UTF_8))
                            .isEqualTo(facts(kind, STRICT.writeValueAsBytes(tree)));
                }
            }
        }
        assertThat(accepted).isGreaterThan(100);
    }

    private static byte[] mutated(byte[] object, Random random) {
        byte[] all = object;
        for (int i = random.nextInt(3); i >= 0; i--) {
            int at = random.nextInt(all.length);
            int until = random.nextInt(4) == 0 ? Math.min(all.length, at + random.nextInt(12)) : at;
            byte[] piece = PIECES.get(random.nextInt(PIECES.size())).getBytes(StandardCharsets.UTF_8);
            byte[] made = Arrays.copyOf(all, at + piece.length + all.length - until);
            System.arraycopy(piece, 0, made, at, piece.length);
            System.arraycopy(all, until, made, at + piece.length, all.length - until);
            all = made;
        }
        return random.nextInt(20) == 0 ? Arrays.copyOf(all, random.nextInt(all.length) + 1) : all;
    }

    private static JsonNode tree(byte[] json) throws IOException {
        try {
            return STRICT.readTree(json);
        } catch (JsonProcessingException | java.io.CharConversionException e) {
            return null;
        }
    }

    private static boolean hasLoneSurrogate(JsonNode tree) throws IOException {
        String text = STRICT.writeValueAsString(tree);
        return !StandardCharsets.UTF_8.newEncoder().canEncode(text);
    }

    @Test
    void whatIsWrittenInOtherWaysIsTheSame() throws IOException {
        Random random = new Random(77);
        for (Recording.Line line : samples()) {
            WatchedKind kind = line.watched().orElseThrow();
            StringBuilder text = new StringBuilder();
            write(line.tree(), text, random);
            byte[] other = text.toString().getBytes(StandardCharsets.UTF_8);
            String expected = facts(kind, line.object());

            assertThat(facts(kind, other)).as("%s", text).isEqualTo(expected);
            for (int before = 0; before < 9; before++) {
                // What stands around it may be left over from a longer line.
                byte[] around = ("\"\\}]{".repeat(2).substring(0, before) + text + "\"\\}]},{")
                        .getBytes(StandardCharsets.UTF_8);
                assertThat(facts(kind, around, before, other.length)).isEqualTo(expected);
            }
        }
    }

    /** Writes it with white space, escapes where none are needed, and with its fields in another order. */
    private static void write(JsonNode node, StringBuilder text, Random random) {
        text.append(" \n\t\r".substring(0, random.nextInt(5)));
        if (node.isObject()) {
            List<Map.Entry<String, JsonNode>> fields = new ArrayList<>(node.properties());
            if (node.has("name") || node.has("kind")) { // the order of a tenant's manifests is that of its document
                java.util.Collections.shuffle(fields, random);
            }
            String comma = "{";
            for (Map.Entry<String, JsonNode> field : fields) {
                text.append(comma);
                string(field.getKey(), text, random);
                text.append(random.nextInt(9) == 0 ? " :" : ":");
                write(field.getValue(), text, random);
                comma = random.nextInt(9) == 0 ? " , " : ",";
            }
            text.append(fields.isEmpty() ? "{}" : "}");
        } else if (node.isArray()) {
            String comma = "[";
            for (JsonNode each : node) {
                text.append(comma);
                write(each, text, random);
                comma = ",";
            }
            text.append(node.isEmpty() ? "[ ]" : "]");
        } else if (node.isTextual()) {
            string(node.textValue(), text, random);
        } else {
            text.append(node);
        }
        text.append(" \n\t\r".substring(0, random.nextInt(5)));
    }

    private static void string(String value, StringBuilder text, Random random) {
        boolean escapes = random.nextInt(5) == 0;
        text.append('"');
        for (char c : value.toCharArray()) {
            if (c < ' ' || c == '"' || c == '\\' || escapes && random.nextInt(4) == 0) {
                text.append("\\u%04x".formatted((int) c));
            } else if (c == '/' && random.nextBoolean()) {
                text.append("\\/");
            } else {
                text.append(c);
            }
        }
        text.append('"');
    }

    @Test
    void linesOfAWatchAreFoundHoweverTheyAreCutAndMutated() throws Exception {
        Random random = new Random(5);
        for (Recording.Line line : samples()) {
            byte[] whole = ("{\"type\":\"MODIFIED\",\"object\":" + new String(line.object(), StandardCharsets.UTF_8)
                            + "}\n")
                    .getBytes(StandardCharsets.UTF_8);
            List<byte[]> found = new ArrayList<>();
            LineSplitter lines = new LineSplitter(1 << 20);
            for (int at = 0; at < whole.length; ) {
                int until = Math.min(whole.length, at + 1 + random.nextInt(2000));
                int before = random.nextInt(9);
                ByteBuffer piece = ByteBuffer.allocateDirect(before + until - at + 9);
                piece.position(before)
                        .put(whole, at, until - at)
                        .put("\n\n\n\n\n\n\n\n\n".getBytes(StandardCharsets.UTF_8));
                piece.position(before).limit(before + until - at);
                lines.feed(
                        random.nextBoolean() ? piece : piece.slice(),
                        (bytes, length, cut) -> found.add(Arrays.copyOf(bytes, length)));
                at = until;
            }
            assertThat(found).singleElement().isEqualTo(Arrays.copyOf(whole, whole.length - 1));
            WatchLine read = WatchLine.of(found.get(0), found.get(0).length);
            assertThat(Arrays.copyOfRange(found.get(0), read.offset(), read.offset() + read.length()))
                    .isEqualTo(line.object());
            assertThat(read.resourceVersion())
                    .isEqualTo(
                            line.tree().path("metadata").path("resourceVersion").asText());

            byte[] mutated = mutated(found.get(0), random);
            WatchLine odd = WatchLine.of(mutated, mutated.length);
            assertThat(odd.offset() + odd.length()).isBetween(0, mutated.length);

            WatchedKind kind = line.watched().orElseThrow();
            assertThat(facts(kind, read.object(found.get(0))))
                    .as("what was stepped over once")
                    .isEqualTo(facts(kind, line.object()));
            assertThat(facts(kind, odd.object(mutated))).isEqualTo(facts(kind, mutated, odd.offset(), odd.length()));
        }
    }

    @Test
    void depthAndLengthAreNoObstacle() {
        String deep = "[".repeat(200_000) + "]".repeat(200_000);
        String tenant =
                "{\"spec\":{\"x\":" + deep + "},\"metadata\":{\"name\":\"n\",\"namespace\":\"ns\",\"uid\":\"u\","
                        + "\"resourceVersion\":\"" + "9".repeat(5000) + "\",\"annotations\":{\"" + "k".repeat(100_000)
                        + "\":\"" + "v".repeat(1_000_000)
                        + "\"}},\"status\":{\"readyResources\":1,\"desiredResources\":2}}";

        assertThat(facts(WatchedKind.TENANT, tenant.getBytes(StandardCharsets.UTF_8)))
                .doesNotStartWith("a problem")
                .contains("\"readyResources\":1")
                .doesNotContain("vvvv");
    }
}
