package io.tenantpulse.bench;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * One axis of a chart.
 *
 * @param from value at its beginning
 * @param to value at its end; above {@code from}
 * @param ticks values that are written beside it, in order
 * @param logarithmic whether equal distances are equal ratios
 */
record ChartAxis(double from, double to, List<Double> ticks, boolean logarithmic) {
    private static final int TICKS = 5;

    /** So many ticks side by side could not be read. */
    private static final int CROWDED = 12;

    private static final double[] ROUND = {1, 2, 2.5, 5, 10};
    private static final int DIGITS = 4;

    /** From zero to a round value that is not below the highest. */
    static ChartAxis fromZero(double highest) {
        double step = roundStep((highest > 0 ? highest : 1) / TICKS);
        int steps = Math.max(1, (int) Math.ceil(highest / step - 1e-9));
        List<Double> ticks = new ArrayList<>();
        for (int i = 0; i <= steps; i++) {
            ticks.add(step * i);
        }
        return new ChartAxis(0, step * steps, ticks, false);
    }

    /** From the lowest, or from zero if that is near, to beyond the highest. */
    static ChartAxis linear(double[] values) {
        double lowest = Arrays.stream(values).min().orElse(0);
        double highest = Arrays.stream(values).max().orElse(1);
        if (lowest >= 0 && lowest <= highest / 2) {
            return fromZero(highest);
        }
        double step = roundStep(Math.max(highest - lowest, Math.abs(highest) * 1e-3) / TICKS);
        double from = Math.floor(lowest / step) * step;
        int steps = Math.max(1, (int) Math.ceil((highest - from) / step - 1e-9));
        List<Double> ticks = new ArrayList<>();
        for (int i = 0; i <= steps; i++) {
            ticks.add(from + step * i);
        }
        return new ChartAxis(from, from + step * steps, ticks, false);
    }

    /** From the lowest to the highest, which are above zero; ticks are the values, as far as they do not crowd. */
    static ChartAxis logarithmic(double[] values) {
        double lowest = Arrays.stream(values).min().orElse(1);
        double highest = Arrays.stream(values).max().orElse(1);
        double to = highest > lowest ? highest : lowest * 10;
        List<Double> ticks = new ArrayList<>();
        double apart = Math.pow(to / lowest, 1.0 / CROWDED);
        for (double each : Arrays.stream(values).distinct().sorted().toArray()) {
            if (ticks.isEmpty() || each / ticks.get(ticks.size() - 1) >= apart) {
                ticks.add(each);
            }
        }
        return new ChartAxis(lowest, to, ticks, true);
    }

    private static double roundStep(double atLeast) {
        double magnitude = Math.pow(10, Math.floor(Math.log10(atLeast)));
        for (double each : ROUND) {
            if (each * magnitude >= atLeast * (1 - 1e-9)) {
                return each * magnitude;
            }
        }
        throw new AssertionError(atLeast);
    }

    /** How far along the axis the value lies: 0 at its beginning, 1 at its end. */
    double share(double value) {
        return logarithmic ? Math.log(value / from) / Math.log(to / from) : (value - from) / (to - from);
    }

    /** The value for people: short. */
    String label(double value) {
        double size = Math.abs(value);
        if (size >= 1e9) {
            return exact(value / 1e9) + " G";
        }
        if (size >= 1e6) {
            return exact(value / 1e6) + " M";
        }
        return size >= 1e4 ? exact(value / 1e3) + " k" : exact(value);
    }

    /** Four digits, without zeroes that say nothing. */
    static String exact(double value) {
        if (value == 0) {
            return "0";
        }
        return new BigDecimal(value)
                .round(new MathContext(DIGITS, RoundingMode.HALF_EVEN))
                .stripTrailingZeros()
                .toPlainString();
    }
}
