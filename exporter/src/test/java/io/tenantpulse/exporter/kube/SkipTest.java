package io.tenantpulse.exporter.kube;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantpulse.exporter.Recording;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SkipTest {
    private static final String PIECES = "{}[]\":,\\ax1é{[]}\"\"\\\\";

    @Test
    void stepsOverObjectsAtAnyPlaceAndOfAnyLength() {
        List<String> values = List.of(
                "{}",
                "[]",
                "[[[]]]",
                "{\"a\":{},\"b\":[{},{}]}",
                "{\"a\":\"}\",\"b\":\"]{[\"}",
                "{\"k:{\\\"name\\\":\\\"api\\\"}\":{\"f:image\":{},\"f:\\\\\":{}},\"é}\":[\"\\u007d\"]}",
                "[{\"long enough for several words\":{\"and a string }}}}}}}} with brackets\":[1,2.5e3,true,null]}}]");
        for (String value : values) {
            for (int before = 0; before < 9; before++) {
                for (int after = 0; after < 9; after++) {
                    byte[] all = (" ".repeat(before) + value + "}".repeat(after)).getBytes(StandardCharsets.UTF_8);
                    assertThat(Skip.nested(all, before, all.length))
                            .as("%s", value)
                            .isEqualTo(all.length - after);
                    assertThat(Skip.nested(all, before, all.length - after - 1)).isNegative();
                }
            }
        }
    }

    @Test
    void agreesWithAReaderOfSingleBytesOnRandomText() {
        Random random = new Random(4);
        for (int round = 0; round < 50_000; round++) {
            StringBuilder text = new StringBuilder("{");
            for (int i = random.nextInt(40); i > 0; i--) {
                text.append(PIECES.charAt(random.nextInt(PIECES.length())));
            }
            byte[] all = text.toString().getBytes(StandardCharsets.UTF_8);
            assertThat(Skip.nested(all, 0, all.length)).as("%s", text).isEqualTo(byteByByte(all));
        }
    }

    @Test
    void agreesWithAReaderOfSingleBytesOnWhatRealServersSent() {
        for (Recording.Line line : Recording.of("alpha").subList(0, 3000)) {
            byte[] object = line.object();
            assertThat(Skip.nested(object, 0, object.length))
                    .isEqualTo(byteByByte(object))
                    .isEqualTo(object.length);
        }
    }

    private static int byteByByte(byte[] in) {
        int depth = 0;
        boolean string = false;
        for (int i = 0; i < in.length; i++) {
            if (string) {
                i += in[i] == '\\' ? 1 : 0;
                string = i < in.length && in[i] != '"' || i > 0 && i < in.length && in[i - 1] == '\\' && escaped(in, i);
            } else if (in[i] == '"') {
                string = true;
            } else if (in[i] == '{' || in[i] == '[') {
                depth++;
            } else if ((in[i] == '}' || in[i] == ']') && --depth == 0) {
                return i + 1;
            }
        }
        return -1;
    }

    /** Whether an odd number of backslashes stands before it. */
    private static boolean escaped(byte[] in, int at) {
        int backslashes = 0;
        while (at - backslashes > 0 && in[at - backslashes - 1] == '\\') {
            backslashes++;
        }
        return backslashes % 2 == 1;
    }

    @Test
    void findsTheEndOfWhatIsPlain() {
        for (String stop : List.of("\"", "\\", "é")) {
            for (int length = 0; length < 20; length++) {
                byte[] in = ("a".repeat(length) + stop + "\"bcdefghijkl").getBytes(StandardCharsets.UTF_8);
                assertThat(Skip.plain(in, 0, in.length)).isEqualTo(length);
                assertThat(Skip.plain(in, 0, length)).isEqualTo(length);
            }
        }
    }

    @Test
    void findsTheFirstLineFeedOrTheEnd() {
        for (int length = 0; length < 20; length++) {
            byte[] in = ("x\n" + "\u000b".repeat(length) + "\n\nabcdefghi").getBytes(StandardCharsets.UTF_8);
            assertThat(Skip.newline(in, 2, in.length)).isEqualTo(length + 2);
            assertThat(Skip.newline(in, 2, length + 2)).isEqualTo(length + 2);
            assertThat(Skip.newline(in, length + 4, in.length)).isEqualTo(in.length);
        }
    }

    @Test
    void findsTheFirstLineFeedOfAnyBuffer() {
        for (int length = 0; length < 20; length++) {
            byte[] in = ("xx" + "\u000b".repeat(length) + "\n\nabcdefghi").getBytes(StandardCharsets.UTF_8);
            ByteBuffer direct = ByteBuffer.allocateDirect(in.length).put(in).flip();
            for (ByteBuffer each :
                    List.of(ByteBuffer.wrap(in), ByteBuffer.wrap(in).asReadOnlyBuffer(), direct)) {
                each.position(1);
                assertThat(Skip.newline(each)).isEqualTo(length + 2);
                each.limit(length + 2);
                assertThat(Skip.newline(each)).isNegative();
            }
        }
    }
}
