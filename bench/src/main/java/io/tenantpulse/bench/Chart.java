package io.tenantpulse.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A curve as SVG, readable on light and on dark pages: the same values give the same bytes. Its vertical axis begins at zero, so that
 * what is flat looks flat.
 *
 * @param title also names its file
 * @param xLabel with the unit
 * @param yLabel with the unit
 * @param logX whether the horizontal axis is logarithmic; then every x must be above zero
 * @param bounds what the values are held against, dashed
 */
public record Chart(String title, String xLabel, String yLabel, List<Series> series, boolean logX, List<Bound> bounds) {
    /** One measured value. */
    public record Point(double x, double y) {}

    /** Values that belong together, in the order of their x. */
    public record Series(String name, List<Point> points) {
        /** @throws IllegalArgumentException if there is no point, or one of them is no number or has a negative y */
        public Series {
            points = List.copyOf(points);
            if (points.isEmpty()) {
                throw new IllegalArgumentException("the series " + name + " has no points");
            }
            for (Point each : points) {
                if (!Double.isFinite(each.x()) || !Double.isFinite(each.y()) || each.y() < 0) {
                    throw new IllegalArgumentException(
                            "the series " + name + " has a point that cannot be drawn: " + each);
                }
            }
        }

        /** {@code x1, y1, x2, y2, …} */
        public static Series of(String name, double... coordinates) {
            List<Point> points = new ArrayList<>();
            for (int i = 0; i + 1 < coordinates.length; i += 2) {
                points.add(new Point(coordinates[i], coordinates[i + 1]));
            }
            return new Series(name, points);
        }
    }

    /** What a goal allows at most, or asks for at least. */
    public record Bound(String name, double y) {}

    /** @throws IllegalArgumentException if there is no series, or a logarithmic axis would have to show zero */
    public Chart {
        series = List.copyOf(series);
        bounds = List.copyOf(bounds);
        if (series.isEmpty()) {
            throw new IllegalArgumentException("the chart \"" + title + "\" has no series");
        }
        if (logX && series.stream().flatMap(each -> each.points().stream()).anyMatch(point -> point.x() <= 0)) {
            throw new IllegalArgumentException(
                    "the chart \"" + title + "\" cannot show an x of zero on its logarithmic axis");
        }
    }

    /** Lines through the points of each series, both axes linear. */
    public static Chart line(String title, String xLabel, String yLabel, Series... series) {
        return new Chart(title, xLabel, yLabel, List.of(series), false, List.of());
    }

    /** The same with a logarithmic horizontal axis. */
    public Chart withLogX() {
        return new Chart(title, xLabel, yLabel, series, true, bounds);
    }

    /** The same with one more dashed line, such as a goal. */
    public Chart withBound(String name, double y) {
        List<Bound> all = new ArrayList<>(bounds);
        all.add(new Bound(name, y));
        return new Chart(title, xLabel, yLabel, series, logX, all);
    }

    /** Name of its file. */
    String file() {
        String words = title.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
        return words.replaceAll("^-|-$", "") + ".svg";
    }

    /** The document. */
    String svg() {
        return new ChartSvg(this).text();
    }
}
