package io.tenantpulse.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;

class ChartTest {
    private static final Chart CHART = Chart.line(
                    "Cost of an event & what it is <held> against",
                    "tenants",
                    "CPU µs per event",
                    Chart.Series.of("ours", 10_000, 5, 100_000, 5, 1_000_000, 6),
                    Chart.Series.of("theirs", 10_000, 18, 100_000, 19, 1_000_000, 25))
            .withLogX()
            .withBound("goal", 10);

    @Test
    void sameValuesGiveTheSameBytes() {
        assertThat(CHART.svg()).isEqualTo(CHART.svg());
    }

    @Test
    void isWellFormedAndNamesWhatItShows() throws Exception {
        Document svg = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(CHART.svg().getBytes(StandardCharsets.UTF_8)));

        assertThat(svg.getDocumentElement().getTextContent())
                .contains("Cost of an event & what it is <held> against", "tenants", "CPU µs per event")
                .contains("ours", "theirs", "goal", "10 k", "100 k", "1 M")
                .contains("prefers-color-scheme:dark");
    }

    @Test
    void aHigherValueStandsHigherAndWhatIsFlatIsFlat() {
        List<Double> ys = pathOf("s0");

        assertThat(ys.get(0)).isEqualTo(ys.get(1));
        assertThat(ys.get(2)).isLessThan(ys.get(1));
        assertThat(pathOf("s1").get(0)).isLessThan(ys.get(0));
    }

    private static List<Double> pathOf(String style) {
        Matcher path =
                Pattern.compile("class=\"line " + style + "\" d=\"([^\"]+)\"").matcher(CHART.svg());
        assertThat(path.find()).isTrue();
        return Pattern.compile("[ML][0-9.]+ ([0-9.]+)")
                .matcher(path.group(1))
                .results()
                .map(point -> Double.valueOf(point.group(1)))
                .toList();
    }

    @Test
    void refusesWhatItCannotDraw() {
        assertThatThrownBy(() -> Chart.Series.of("empty")).hasMessageContaining("empty");
        assertThatThrownBy(() -> Chart.Series.of("odd", 1, Double.NaN)).hasMessageContaining("odd");
        assertThatThrownBy(() -> Chart.line("Zero", "x", "y", Chart.Series.of("one", 0, 1))
                        .withLogX())
                .hasMessageContaining("Zero");
    }

    @Test
    void stepsAreRoundAndBeginAtZero() {
        assertThat(ChartAxis.fromZero(23).ticks()).containsExactly(0.0, 5.0, 10.0, 15.0, 20.0, 25.0);
        assertThat(ChartAxis.fromZero(0).to()).isPositive();
        assertThat(ChartAxis.linear(new double[] {100, 104}).from()).isEqualTo(100);
    }

    @Test
    void isKeptBesideTheResultsThatShowIt(@TempDir Path dir) throws IOException {
        Path results = dir.resolve("RESULTS.md");

        Results.keep(results, "part", "a table", List.of(CHART));

        assertThat(Files.readString(dir.resolve("charts").resolve(CHART.file())))
                .isEqualTo(CHART.svg());
        assertThat(Files.readString(results)).contains("a table", "](charts/" + CHART.file() + ")");
    }
}
