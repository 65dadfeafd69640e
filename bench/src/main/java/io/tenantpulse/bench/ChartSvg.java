package io.tenantpulse.bench;

import java.util.Locale;

/** Draws one chart; for one use. */
final class ChartSvg {
    private static final int WIDTH = 720;
    private static final int HEIGHT = 400;
    private static final int LEFT = 84;
    private static final int RIGHT = 24;
    private static final int BOTTOM = 60;
    private static final int TITLE_AT = 28;
    private static final int LEGEND_AT = 54;
    private static final int LEGEND_ROW = 20;
    private static final int LEGEND_COLUMN = 300;
    private static final int LEGEND_COLUMNS = 2;
    private static final String[] DASHES = {"none", "8 4", "2 4", "10 3 2 3", "4 4", "14 4"};
    private static final String[] ON_LIGHT = {"#0b5cad", "#b3470b", "#1a7a3c", "#7a3fb0", "#a11d5b", "#5e5a00"};
    private static final String[] ON_DARK = {"#6cb0ff", "#ff9d5c", "#56d07f", "#c79bff", "#ff86b8", "#d9cf4a"};

    private final Chart chart;
    private final ChartAxis x;
    private final ChartAxis y;
    private final int top;
    private final StringBuilder out = new StringBuilder();

    ChartSvg(Chart chart) {
        this.chart = chart;
        int rows = (chart.series().size() + LEGEND_COLUMNS - 1) / LEGEND_COLUMNS;
        this.top = LEGEND_AT + rows * LEGEND_ROW;
        double[] xs = chart.series().stream()
                .flatMap(each -> each.points().stream())
                .mapToDouble(Chart.Point::x)
                .toArray();
        double points = chart.series().stream()
                .flatMap(each -> each.points().stream())
                .mapToDouble(Chart.Point::y)
                .max()
                .orElse(0);
        double highest = chart.bounds().stream().mapToDouble(Chart.Bound::y).reduce(points, Math::max);
        this.x = chart.logX() ? ChartAxis.logarithmic(xs) : ChartAxis.linear(xs);
        this.y = ChartAxis.fromZero(highest);
    }

    String text() {
        out.append("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 " + WIDTH + " " + HEIGHT + "\" width=\"")
                .append(WIDTH + "\" height=\"" + HEIGHT + "\" role=\"img\">\n<title>")
                .append(escaped(chart.title()))
                .append("</title>\n<style>\n")
                .append(
                        "svg{font:13px system-ui,-apple-system,\"Segoe UI\",sans-serif}.line{fill:none;stroke-width:2}\n")
                .append(".title{font-size:15px;font-weight:600}.bound{stroke-dasharray:5 4}\n");
        for (int i = 0; i < DASHES.length; i++) {
            out.append(".s" + i + "{stroke-dasharray:" + DASHES[i] + "}");
        }
        appendColours("\n", "#ffffff", "#1f2328", "#57606a", "#d8dee4", ON_LIGHT);
        appendColours("@media (prefers-color-scheme:dark){\n", "#0d1117", "#e6edf3", "#9aa4af", "#30363d", ON_DARK);
        out.append("}\n</style>\n<rect class=\"page\" width=\"100%\" height=\"100%\"/>\n");
        label("title", LEFT, TITLE_AT, "", chart.title());
        drawAxes();
        drawBounds();
        for (int i = 0; i < chart.series().size(); i++) {
            draw(i, chart.series().get(i));
        }
        return out.append("</svg>\n").toString();
    }

    private void appendColours(String before, String page, String ink, String soft, String grid, String[] series) {
        out.append(before).append(".page{fill:" + page + "}text{fill:" + ink + "}.soft{fill:" + soft + "}");
        out.append(".grid{stroke:" + grid + "}.axis,.bound{stroke:" + soft + "}\n");
        for (int i = 0; i < series.length; i++) {
            out.append(".s" + i + "{stroke:" + series[i] + "}.p" + i + "{fill:" + series[i] + "}");
        }
        out.append('\n');
    }

    private void drawAxes() {
        double bottom = HEIGHT - BOTTOM;
        double right = WIDTH - RIGHT;
        for (double tick : y.ticks()) {
            line("grid", LEFT, toY(tick), right, toY(tick));
            label("soft", LEFT - 8, toY(tick) + 4, " text-anchor=\"end\"", y.label(tick));
        }
        for (double tick : x.ticks()) {
            line("axis", toX(tick), bottom, toX(tick), bottom + 5);
            label("soft", toX(tick), bottom + 21, " text-anchor=\"middle\"", x.label(tick));
        }
        line("axis", LEFT, bottom, right, bottom);
        label("", (LEFT + right) / 2, HEIGHT - 14, " text-anchor=\"middle\"", chart.xLabel());
        String turned = String.format(
                Locale.ROOT, " text-anchor=\"middle\" transform=\"rotate(-90 18 %.1f)\"", (top + bottom) / 2);
        label("", 18, (top + bottom) / 2, turned, chart.yLabel());
    }

    private void drawBounds() {
        for (Chart.Bound bound : chart.bounds()) {
            line("bound", LEFT, toY(bound.y()), WIDTH - RIGHT, toY(bound.y()));
            label("soft", WIDTH - RIGHT, toY(bound.y()) - 5, " text-anchor=\"end\"", bound.name());
        }
    }

    private void draw(int place, Chart.Series series) {
        int colour = place % DASHES.length;
        StringBuilder path = new StringBuilder();
        for (Chart.Point point : series.points()) {
            path.append(path.isEmpty() ? "M" : "L")
                    .append(number(toX(point.x())))
                    .append(' ');
            path.append(number(toY(point.y())));
        }
        out.append("<path class=\"line s" + colour + "\" d=\"").append(path).append("\"/>\n");
        for (Chart.Point point : series.points()) {
            out.append("<circle class=\"p" + colour + "\" r=\"3.5\" cx=\"")
                    .append(number(toX(point.x())))
                    .append("\" cy=\"")
                    .append(number(toY(point.y())))
                    .append("\"><title>")
                    .append(escaped(series.name() + ": " + x.label(point.x()) + ", " + ChartAxis.exact(point.y())))
                    .append("</title></circle>\n");
        }
        double column = LEFT + (double) (place % LEGEND_COLUMNS) * LEGEND_COLUMN;
        double row = LEGEND_AT + (double) (place / LEGEND_COLUMNS) * LEGEND_ROW;
        line("line s" + colour, column, row - 4, column + 30, row - 4);
        label("", column + 38, row, "", series.name());
    }

    private double toX(double value) {
        return LEFT + x.share(value) * (WIDTH - RIGHT - LEFT);
    }

    private double toY(double value) {
        return HEIGHT - BOTTOM - y.share(value) * (HEIGHT - BOTTOM - top);
    }

    private void line(String style, double x1, double y1, double x2, double y2) {
        out.append("<line class=\"" + style + "\"");
        out.append(" x1=\"" + number(x1) + "\" y1=\"" + number(y1));
        out.append("\" x2=\"" + number(x2) + "\" y2=\"" + number(y2) + '"');
        out.append("/>\n");
    }

    private void label(String style, double atX, double atY, String more, String words) {
        out.append("<text class=\"" + style + "\" x=\"" + number(atX) + "\" y=\"" + number(atY) + "\"" + more + ">")
                .append(escaped(words))
                .append("</text>\n");
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.1f", value);
    }

    private static String escaped(String words) {
        return words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
