package io.tenantpulse.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tenantpulse.detect.Rule;
import io.tenantpulse.detect.Rules;
import io.tenantpulse.detect.Severity;
import io.tenantpulse.model.TenantId;
import io.tenantpulse.trends.Scope;
import io.tenantpulse.trends.SurgeThreshold;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class RulesFileTest {
    private static final TenantId ACME = new TenantId("staging", "tenants", "Tenant", "acme");

    private static List<String> faultsOf(String text) {
        try {
            RulesFile.parse("rules file r.yaml", text);
            return List.of();
        } catch (ConfigException e) {
            return e.faults();
        }
    }

    @Test
    void shipsTheBuiltInRulesAsAFile() {
        assertThat(RulesFile.parse("built-in", RulesFile.builtInText())).isEqualTo(Rules.builtIn());
    }

    @Test
    void readsTheRateOfFlappingAndOverridesIt() {
        Rules rules = RulesFile.parse("r.yaml", """
                rules:
                  - {name: Flaps, predicate: flapping, hold: 0s, severity: info, rate: {window: 30m, high: 8, low: 3}}
                overrides:
                  - {rule: Flaps, template: batch, rate: {window: 2h, high: 20, low: 5}}
                """);

        assertThat(rules.of(ACME, null, "web").get(0).rate()).isEqualTo(new Rule.Rate(Duration.ofMinutes(30), 8, 3));
        assertThat(rules.of(ACME, null, "batch").get(0).rate()).isEqualTo(new Rule.Rate(Duration.ofHours(2), 20, 5));
    }

    @Test
    void readsTheThresholdOfASurgeAndOverridesItForAScope() {
        Rules rules = RulesFile.parse("r.yaml", """
                rules:
                  - {name: Surge, predicate: mismatch-surge, hold: 3m, severity: info, surge: {tenants: 20, share: 7.5%}}
                overrides:
                  - {rule: Surge, template: batch, surge: {factor: 1.5, baseline: 2h, clear: 0.4, dominant: 60%}}
                  - {rule: Surge, registry: prod, enabled: false}
                """);

        assertThat(rules.of(Scope.cluster("c1")).get(0).surge())
                .isEqualTo(new SurgeThreshold(20, 0.075, 3, Duration.ofHours(24), 0.5, 0.8));
        assertThat(rules.of(Scope.template("c1", "shop", "batch")).get(0).surge())
                .isEqualTo(new SurgeThreshold(5, 0.05, 1.5, Duration.ofHours(2), 0.4, 0.6));
        assertThat(rules.of(Scope.registry("c1", "shop", "prod"))).isEmpty();
        assertThat(rules.of(ACME, null, null)).isEmpty();
    }

    @Test
    void tellsWhatIsWrongWithTheThresholdOfASurge() {
        assertThat(faultsOf("""
                rules:
                  - {name: A, predicate: ready-false, hold: 0s, severity: info, surge: {tenants: 5}}
                  - {name: B, predicate: mismatch-surge, hold: 0s, severity: info, surge: {share: 120%}}
                  - {name: C, predicate: mismatch-surge, hold: 0s, severity: info, surge: {share: many}}
                  - {name: D, predicate: mismatch-surge, hold: 0s, severity: info, surge: {baseline: 1m}}
                """))
                .containsExactly(
                        "line 2: surge (tenants, share and so on) belongs to a rule with predicate mismatch-surge alone",
                        "line 3: surge: share must be more than 0 and at most 1: 1.2",
                        "line 4: share must be a number such as 0.05, 5% or 3, not \"many\"",
                        "line 5: surge: baseline must be 15 minutes to 7 days: PT1M");
    }

    /** The log and what is kept know milliseconds. */
    @Test
    void refusesAHoldThatIsFinerThanAMillisecond() {
        assertThat(faultsOf("""
                rules:
                  - {name: A, predicate: ready-false, hold: PT15M0.0005S, severity: info}
                  - {name: B, predicate: ready-false, hold: PT15M0.005S, severity: info}
                """))
                .containsExactly("line 2: hold must be a duration of whole milliseconds such as 15m, 90s or PT15M,"
                        + " not \"PT15M0.0005S\"");
    }

    @Test
    void tellsWhatIsWrongWithARate() {
        assertThat(faultsOf("""
                rules:
                  - {name: A, predicate: flapping, hold: 0s, severity: info}
                  - {name: B, predicate: ready-false, hold: 0s, severity: info, rate: {window: 1h, high: 6, low: 2}}
                  - {name: C, predicate: flapping, hold: 0s, severity: info, rate: {window: 1h, high: 2, low: 2}}
                  - {name: D, predicate: flapping, hold: 0s, severity: info, rate: {window: 1h, high: many, low: 2}}
                """))
                .containsExactly(
                        "line 2: rate (window, high, low) belongs to a rule with predicate flapping, and to it alone",
                        "line 3: rate (window, high, low) belongs to a rule with predicate flapping, and to it alone",
                        "line 4: rate: low must be zero or more and less than high (2): 2",
                        "line 5: high must be a whole number, not \"many\"");
    }

    @Test
    void takesAnEmptyFileForTheBuiltInRules() {
        assertThat(RulesFile.parse("r.yaml", "")).isEqualTo(Rules.builtIn());
    }

    @Test
    void readsRulesOverridesAndPolicy() {
        Rules rules = RulesFile.parse("r.yaml", """
                rules:
                  - {name: Slow, predicate: not-converged, hold: PT20M, severity: info, keep-firing: 90s}
                overrides:
                  - {rule: Slow, cluster: staging, hold: 1h, severity: critical}
                  - {rule: Slow, cluster: staging, template: batch, enabled: false}
                cluster:
                  kind-blind-hold: off
                gap-policy: count
                """);

        assertThat(rules.tenantRules())
                .containsExactly(new Rule(
                        "Slow",
                        Rule.Predicate.NOT_CONVERGED,
                        Duration.ofMinutes(20),
                        Severity.INFO,
                        Duration.ofSeconds(90)));
        assertThat(rules.of(ACME, null, "web").get(0).hold()).isEqualTo(Duration.ofHours(1));
        assertThat(rules.of(ACME, null, "batch")).isEmpty();
        assertThat(rules.kindBlindHold()).isNull();
        assertThat(rules.telemetryStaleHold()).isEqualTo(Duration.ofSeconds(120));
        assertThat(rules.gapPolicy()).isEqualTo(Rules.GapPolicy.COUNT);
    }

    @Test
    void tellsEveryFaultWithItsLineAndRemedy() {
        List<String> faults = faultsOf("""
                rules:
                  - {name: A, predicate: count-mismatch, hold: -5m, severity: warning}
                  - {name: A, predicate: count-missmatch, hold: 5m, severity: warn}
                  - {name: B, predicate: ready-false, holt: 5m, severity: warning}
                overrides:
                  - {rule: AA, hold: soon, enabled: yep}
                gap-polcy: freeze
                """);

        assertThat(faults)
                .containsExactlyInAnyOrder(
                        "line 2: hold must be zero or more, not -5m",
                        "line 3: predicate \"count-missmatch\" is not known: did you mean count-mismatch?",
                        "line 3: severity \"warn\" is not known: did you mean warning?",
                        "line 3: rule A is there twice: give each rule its own name",
                        "line 4: field \"holt\" of a rule is not known: did you mean hold?",
                        "line 4: a rule lacks its field hold: add it",
                        "line 6: override of rule AA, which does not exist: did you mean A?",
                        "line 6: hold must be a duration of whole milliseconds such as 15m, 90s or PT15M, not \"soon\"",
                        "line 6: enabled must be true or false, not \"yep\"",
                        "line 7: field \"gap-polcy\" of the file is not known: did you mean gap-policy?");
    }

    @Test
    void tellsWhereTheYamlIsBroken() {
        assertThat(faultsOf("rules:\n  - {name: A\n"))
                .singleElement()
                .asString()
                .startsWith("line 3: not valid YAML");
    }

    @Test
    void namesAFileThatDoesNotExist() {
        assertThatThrownBy(() -> RulesFile.read(Path.of("no-such.yaml")))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("no-such.yaml")
                .hasMessageContaining("does not exist");
    }
}
