package io.tenantpulse.config;

import io.tenantpulse.process.Suggestion;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** Reads a YAML file by its nodes and collects every fault with its line, so that a person corrects all in one go. */
final class YamlReading {
    private static final Pattern SHORT_DURATION = Pattern.compile("(-?\\d+)\\s*(ms|s|m|h|d)");

    private final String where;
    private final List<String> faults = new ArrayList<>();

    YamlReading(String where) {
        this.where = where;
    }

    /** The top node; null if the file is empty. */
    @Nullable
    Node root(String text) {
        try {
            LoadSettings settings = LoadSettings.builder().setUseMarks(true).build();
            return new Compose(settings).composeString(text).orElse(null);
        } catch (MarkedYamlEngineException e) {
            String line = e.getProblemMark()
                    .map(mark -> "line " + (mark.getLine() + 1) + ": ")
                    .orElse("");
            throw new ConfigException(where, List.of(line + "not valid YAML: " + e.getProblem()));
        } catch (YamlEngineException e) {
            throw new ConfigException(where, List.of("not valid YAML: " + e.getMessage()));
        }
    }

    void fault(Node node, String what) {
        faults.add(node.getStartMark()
                        .map(mark -> "line " + (mark.getLine() + 1) + ": ")
                        .orElse("")
                + what);
    }

    void throwFaults() {
        if (!faults.isEmpty()) {
            throw new ConfigException(where, faults);
        }
    }

    List<Node> items(Node node, String what) {
        if (node instanceof SequenceNode sequence) {
            return sequence.getValue();
        }
        fault(node, what + " must be a list: begin each entry with \"- \"");
        return List.of();
    }

    Fields fields(Node node, String what, Set<String> known) {
        Map<String, Node> byName = new TreeMap<>();
        if (node instanceof MappingNode mapping) {
            for (NodeTuple tuple : mapping.getValue()) {
                String name = tuple.getKeyNode() instanceof ScalarNode scalar ? scalar.getValue() : "";
                if (!known.contains(name)) {
                    fault(
                            tuple.getKeyNode(),
                            "field \"" + name + "\" of " + what + " is not known"
                                    + Suggestion.among(known, name, near -> near));
                }
                byName.put(name, tuple.getValueNode());
            }
        } else {
            fault(node, what + " must have fields, of these: " + String.join(", ", known));
        }
        return new Fields(node, what, byName);
    }

    /** The fields of one entry; a field that is wrong is a fault and reads as absent. */
    final class Fields {
        private final Node entry;
        private final String what;
        private final Map<String, Node> byName;

        private Fields(Node entry, String what, Map<String, Node> byName) {
            this.entry = entry;
            this.what = what;
            this.byName = byName;
        }

        @Nullable
        Node node(String name) {
            return byName.get(name);
        }

        /** The value, whose absence is a fault. */
        <T> @Nullable T needed(String name, @Nullable T value) {
            if (value == null && !byName.containsKey(name)) {
                fault(entry, what + " lacks its field " + name + ": add it");
            }
            return value;
        }

        @Nullable
        String text(String name) {
            Node node = byName.get(name);
            if (node == null) {
                return null;
            }
            if (node instanceof ScalarNode scalar && !scalar.getValue().isBlank()) {
                return scalar.getValue();
            }
            fault(node, name + " must be a single value that is not empty");
            return null;
        }

        @Nullable
        Boolean flag(String name) {
            String text = text(name);
            if (text == null || text.equals("true") || text.equals("false")) {
                return text == null ? null : Boolean.valueOf(text);
            }
            fault(byName.get(name), name + " must be true or false, not \"" + text + "\"");
            return null;
        }

        /** A whole number. */
        @Nullable
        Integer number(String name) {
            String text = text(name);
            if (text == null) {
                return null;
            }
            try {
                return Integer.valueOf(text);
            } catch (NumberFormatException e) {
                fault(byName.get(name), name + " must be a whole number, not \"" + text + "\"");
                return null;
            }
        }

        /** A number or, with {@code %}, a hundredth of it. */
        @Nullable
        Double fraction(String name) {
            String text = text(name);
            if (text == null) {
                return null;
            }
            boolean percent = text.endsWith("%");
            try {
                BigDecimal number = new BigDecimal(
                        percent ? text.substring(0, text.length() - 1).trim() : text);
                return (percent ? number.movePointLeft(2) : number).doubleValue();
            } catch (NumberFormatException e) {
                fault(byName.get(name), name + " must be a number such as 0.05, 5% or 3, not \"" + text + "\"");
                return null;
            }
        }

        /** Such as 15m, 90s, 1h or PT15M; zero or more. */
        @Nullable
        Duration duration(String name) {
            String text = text(name);
            if (text == null) {
                return null;
            }
            Duration duration = parseDuration(text);
            if (duration == null) {
                fault(
                        byName.get(name),
                        name + " must be a duration of whole milliseconds such as 15m, 90s or PT15M, not \"" + text
                                + "\"");
            } else if (duration.isNegative()) {
                fault(byName.get(name), name + " must be zero or more, not " + text);
                return null;
            }
            return duration;
        }

        /** A constant in kebab case. */
        <E extends Enum<E>> @Nullable E choice(String name, Class<E> type) {
            String text = text(name);
            if (text == null) {
                return null;
            }
            List<String> words = Arrays.stream(type.getEnumConstants())
                    .map(YamlReading::word)
                    .toList();
            int index = words.indexOf(text);
            if (index >= 0) {
                return type.getEnumConstants()[index];
            }
            fault(
                    byName.get(name),
                    name + " \"" + text + "\" is not known" + Suggestion.among(words, text, near -> near));
            return null;
        }
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static @Nullable Duration parseDuration(String text) {
        Matcher matcher = SHORT_DURATION.matcher(text);
        try {
            if (!matcher.matches()) {
                Duration exact = text.equals("0") ? Duration.ZERO : Duration.parse(text);
                // The log and what is kept know milliseconds: what is finer would be another hold after a restart.
                return exact.equals(exact.truncatedTo(ChronoUnit.MILLIS)) ? exact : null;
            }
            long amount = Long.parseLong(matcher.group(1));
            return switch (matcher.group(2)) {
                case "ms" -> Duration.ofMillis(amount);
                case "s" -> Duration.ofSeconds(amount);
                case "m" -> Duration.ofMinutes(amount);
                case "h" -> Duration.ofHours(amount);
                default -> Duration.ofDays(amount);
            };
        } catch (DateTimeParseException | ArithmeticException | NumberFormatException e) {
            return null;
        }
    }
}
