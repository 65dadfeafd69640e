package io.tenantpulse.config;

import io.tenantpulse.detect.Rule;
import io.tenantpulse.detect.Rules;
import io.tenantpulse.detect.Severity;
import io.tenantpulse.process.Suggestion;
import io.tenantpulse.trends.SurgeThreshold;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.Node;

/** Reads the file of rules; {@code docs/rules.md} describes it. */
public final class RulesFile {
    private static final String BUILT_IN = "/rules-default.yaml";
    private static final Set<String> TOP = new TreeSet<>(Set.of("rules", "overrides", "cluster", "gap-policy"));
    private static final Set<String> RULE =
            new TreeSet<>(Set.of("name", "predicate", "hold", "severity", "keep-firing", "rate", "surge"));
    private static final Set<String> OVERRIDE = new TreeSet<>(Set.of(
            "rule",
            "cluster",
            "namespace",
            "registry",
            "template",
            "enabled",
            "hold",
            "severity",
            "keep-firing",
            "rate",
            "surge"));
    private static final Set<String> RATE = new TreeSet<>(Set.of("window", "high", "low"));
    private static final Set<String> SURGE =
            new TreeSet<>(Set.of("tenants", "share", "factor", "baseline", "clear", "dominant"));
    private static final Set<String> CLUSTER =
            new TreeSet<>(Set.of("kind-blind-hold", "telemetry-stale-hold", "telemetry-stale-hold-unprobed"));

    private final YamlReading in;
    private final Rules builtIn = Rules.builtIn();
    /** Also of rules that have faults. */
    private final Set<String> names = new TreeSet<>();

    private RulesFile(YamlReading in) {
        this.in = in;
    }

    /**
     * The rules of a file.
     *
     * @throws ConfigException telling all that is wrong, each with its line
     */
    public static Rules read(Path file) {
        String where = "rules file " + file;
        try {
            return parse(where, Files.readString(file));
        } catch (NoSuchFileException e) {
            throw new ConfigException(where, List.of("it does not exist: give the path of one that does"));
        } catch (IOException e) {
            throw new ConfigException(where, List.of("it cannot be read (" + e + "): check its permissions"));
        }
    }

    /** The rules that hold when none are configured, as a file to start from. */
    public static String builtInText() {
        try (InputStream in = RulesFile.class.getResourceAsStream(BUILT_IN)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("resource " + BUILT_IN + " cannot be read", e);
        }
    }

    static Rules parse(String where, String text) {
        YamlReading in = new YamlReading(where);
        Rules rules = new RulesFile(in).rules(in.root(text));
        in.throwFaults();
        return rules;
    }

    private Rules rules(@Nullable Node root) {
        if (root == null) {
            return builtIn;
        }
        YamlReading.Fields top = in.fields(root, "the file", TOP);
        Node rules = top.node("rules");
        List<Rule> all = rules == null ? builtInRules() : ruleList(rules);
        Node overrides = top.node("overrides");
        Rules.GapPolicy policy = top.choice("gap-policy", Rules.GapPolicy.class);
        Node clusterNode = top.node("cluster");
        YamlReading.Fields cluster = clusterNode == null ? null : in.fields(clusterNode, "cluster", CLUSTER);
        return new Rules(
                of(all, Predicate.not(Rule.Predicate::isOfRegistry).and(Predicate.not(Rule.Predicate::isOfScope))),
                overrides == null ? List.of() : overrides(overrides, all),
                clusterHold(cluster, "kind-blind-hold", builtIn.kindBlindHold()),
                clusterHold(cluster, "telemetry-stale-hold", builtIn.telemetryStaleHold()),
                clusterHold(cluster, "telemetry-stale-hold-unprobed", builtIn.telemetryStaleHoldUnprobed()),
                policy == null ? builtIn.gapPolicy() : policy,
                of(all, Rule.Predicate::isOfRegistry),
                of(all, Rule.Predicate::isOfScope));
    }

    private static List<Rule> of(List<Rule> all, Predicate<Rule.Predicate> kind) {
        return all.stream().filter(rule -> kind.test(rule.predicate())).toList();
    }

    private List<Rule> builtInRules() {
        List<Rule> all = new ArrayList<>(builtIn.tenantRules());
        all.addAll(builtIn.registryRules());
        all.addAll(builtIn.scopeRules());
        return all;
    }

    private static @Nullable Duration clusterHold(
            YamlReading.@Nullable Fields cluster, String name, @Nullable Duration byDefault) {
        if (cluster == null || cluster.node(name) == null) {
            return byDefault;
        }
        return "off".equals(cluster.text(name)) ? null : cluster.duration(name);
    }

    private List<Rule> ruleList(Node node) {
        List<Rule> result = new ArrayList<>();
        for (Node item : in.items(node, "rules")) {
            YamlReading.Fields fields = in.fields(item, "a rule", RULE);
            String name = fields.needed("name", fields.text("name"));
            Rule.Predicate predicate = fields.needed("predicate", fields.choice("predicate", Rule.Predicate.class));
            Duration hold = fields.needed("hold", fields.duration("hold"));
            Severity severity = fields.needed("severity", fields.choice("severity", Severity.class));
            Duration keepFiring = fields.duration("keep-firing");
            if (name != null && !names.add(name)) {
                in.fault(item, "rule " + name + " is there twice: give each rule its own name");
            }
            Rule.Rate rate = rate(item, fields, predicate);
            SurgeThreshold surge = surge(item, fields, predicate);
            boolean hasRate = (predicate == Rule.Predicate.FLAPPING) == (rate != null);
            if (name != null && predicate != null && hold != null && severity != null && hasRate) {
                Duration kept = keepFiring == null ? Duration.ZERO : keepFiring;
                boolean isSurge = predicate == Rule.Predicate.MISMATCH_SURGE;
                SurgeThreshold threshold = isSurge && surge == null ? SurgeThreshold.DEFAULT : surge;
                result.add(new Rule(name, predicate, hold, severity, kept, rate, isSurge ? threshold : null));
            }
        }
        return result;
    }

    /** @param predicate whose rate it is; null: that is not known */
    private Rule.@Nullable Rate rate(Node item, YamlReading.Fields fields, Rule.@Nullable Predicate predicate) {
        Node node = fields.node("rate");
        if (predicate != null && (predicate == Rule.Predicate.FLAPPING) != (node != null)) {
            in.fault(item, "rate (window, high, low) belongs to a rule with predicate flapping, and to it alone");
        }
        if (node == null) {
            return null;
        }
        YamlReading.Fields rate = in.fields(node, "rate", RATE);
        Duration window = rate.needed("window", rate.duration("window"));
        Integer high = rate.needed("high", rate.number("high"));
        Integer low = rate.needed("low", rate.number("low"));
        if (window == null || high == null || low == null) {
            return null;
        }
        try {
            return new Rule.Rate(window, high, low);
        } catch (IllegalArgumentException e) {
            in.fault(node, "rate: " + e.getMessage());
            return null;
        }
    }

    /** What is left out is as by default. */
    private @Nullable SurgeThreshold surge(Node item, YamlReading.Fields fields, Rule.@Nullable Predicate predicate) {
        Node node = fields.node("surge");
        if (node == null) {
            return null;
        }
        if (predicate != null && predicate != Rule.Predicate.MISMATCH_SURGE) {
            in.fault(item, "surge (tenants, share and so on) belongs to a rule with predicate mismatch-surge alone");
        }
        YamlReading.Fields surge = in.fields(node, "surge", SURGE);
        SurgeThreshold byDefault = SurgeThreshold.DEFAULT;
        Integer tenants = surge.number("tenants");
        Duration baseline = surge.duration("baseline");
        try {
            return new SurgeThreshold(
                    tenants == null ? byDefault.tenants() : tenants,
                    or(surge.fraction("share"), byDefault.share()),
                    or(surge.fraction("factor"), byDefault.factor()),
                    baseline == null ? byDefault.baseline() : baseline,
                    or(surge.fraction("clear"), byDefault.clear()),
                    or(surge.fraction("dominant"), byDefault.dominant()));
        } catch (IllegalArgumentException e) {
            in.fault(node, "surge: " + e.getMessage());
            return null;
        }
    }

    private static double or(@Nullable Double value, double byDefault) {
        return value == null ? byDefault : value;
    }

    private List<Rules.Override> overrides(Node node, List<Rule> rules) {
        rules.forEach(rule -> names.add(rule.name()));
        List<Rules.Override> result = new ArrayList<>();
        for (Node item : in.items(node, "overrides")) {
            YamlReading.Fields fields = in.fields(item, "an override", OVERRIDE);
            String rule = fields.needed("rule", fields.text("rule"));
            if (rule == null) {
                continue;
            }
            Rule.Predicate predicate = rules.stream()
                    .filter(each -> each.name().equals(rule))
                    .map(Rule::predicate)
                    .findAny()
                    .orElse(null);
            if (!names.contains(rule)) {
                in.fault(
                        item,
                        "override of rule " + rule + ", which does not exist"
                                + Suggestion.among(names, rule, name -> name));
            }
            result.add(new Rules.Override(
                    rule,
                    fields.text("cluster"),
                    fields.text("namespace"),
                    fields.text("registry"),
                    fields.text("template"),
                    fields.flag("enabled"),
                    fields.duration("hold"),
                    fields.choice("severity", Severity.class),
                    fields.duration("keep-firing"),
                    fields.node("rate") == null ? null : rate(item, fields, predicate),
                    surge(item, fields, predicate)));
        }
        return result;
    }
}
