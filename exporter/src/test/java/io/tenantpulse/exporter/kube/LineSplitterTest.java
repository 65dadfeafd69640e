package io.tenantpulse.exporter.kube;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class LineSplitterTest {
    private final List<String> lines = new ArrayList<>();

    private void feed(LineSplitter splitter, String piece) throws InterruptedException {
        splitter.feed(
                ByteBuffer.wrap(piece.getBytes(StandardCharsets.UTF_8)),
                (bytes, length, cut) ->
                        lines.add(new String(bytes, 0, length, StandardCharsets.UTF_8) + (cut ? "|cut" : "")));
    }

    @Test
    void joinsWhatArrivesInPieces() throws InterruptedException {
        LineSplitter splitter = new LineSplitter(100);

        feed(splitter, "one\ntw");
        feed(splitter, "o");
        feed(splitter, "\n\nthree");

        assertThat(lines).containsExactly("one", "two");
    }

    @Test
    void takesALineOfExactlyTheLimitWhole() throws InterruptedException {
        feed(new LineSplitter(5), "12345\n");

        assertThat(lines).containsExactly("12345");
    }

    @Test
    void cutsALineThatIsTooLongAndGoesOn() throws InterruptedException {
        LineSplitter splitter = new LineSplitter(5);

        feed(splitter, "123");
        feed(splitter, "456789");
        feed(splitter, "0\nnext\n");

        assertThat(lines).containsExactly("12345|cut", "next");
    }

    @Property
    void givesTheSameLinesHoweverTheyAreCut(
            @ForAll List<@IntRange(min = 0, max = 40) Integer> lengths, @ForAll @IntRange(min = 1, max = 17) int size)
            throws InterruptedException {
        List<String> expected =
                lengths.stream().filter(n -> n > 0).map("x"::repeat).toList();
        StringBuilder all = new StringBuilder();
        lengths.forEach(n -> all.append("x".repeat(n)).append('\n'));
        LineSplitter splitter = new LineSplitter(100);
        lines.clear();

        for (int i = 0; i < all.length(); i += size) {
            feed(splitter, all.substring(i, Math.min(all.length(), i + size)));
        }

        assertThat(lines).isEqualTo(expected);
    }
}
