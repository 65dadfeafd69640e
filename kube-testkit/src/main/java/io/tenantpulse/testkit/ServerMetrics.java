package io.tenantpulse.testkit;

import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What an API server counts of itself, at one instant. */
public final class ServerMetrics {
    private static final Pattern LABEL = Pattern.compile("(\\w+)=\"((?:[^\"\\\\]|\\\\.)*)\"");

    private final String text;

    /** @param text as served at {@code /metrics} */
    public ServerMetrics(String text) {
        this.text = text;
    }

    /**
     * The sums of a metric by group and resource, such as {@code apps/deployments}.
     *
     * @param verb only series with this verb; empty: all
     */
    public Map<String, Double> byResource(String metric, String verb) {
        Map<String, Double> sums = new TreeMap<>();
        text.lines().filter(line -> line.startsWith(metric + "{")).forEach(line -> {
            Map<String, String> labels = new TreeMap<>();
            Matcher label = LABEL.matcher(line);
            while (label.find()) {
                labels.put(label.group(1), label.group(2));
            }
            if (verb.isEmpty() || verb.equals(labels.get("verb"))) {
                sums.merge(
                        labels.getOrDefault("group", "") + "/" + labels.getOrDefault("resource", ""),
                        Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)),
                        Double::sum);
            }
        });
        return sums;
    }
}
