package io.tenantpulse.detect;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantpulse.trends.CommonCause;
import io.tenantpulse.trends.Scope;
import io.tenantpulse.trends.SurgeChange;
import io.tenantpulse.trends.SurgeFacts;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SurgeWordsTest {
    private static final Instant SINCE = Instant.parse("2026-01-01T10:00:00Z");
    private static final Rule RULE = Rules.builtIn().scopeRules().get(0);
    private static final SurgeFacts FACTS = new SurgeFacts(
            45,
            500,
            0.004,
            SINCE.minusSeconds(50),
            SINCE.minusSeconds(3),
            SurgeFacts.Direction.RISING,
            new CommonCause("VolumePending", "fast"),
            40,
            "shop/web@8",
            44);

    private static SurgeChange change(Scope scope, SurgeChange.Kind kind) {
        Instant at = SINCE.plus(RULE.hold());
        return new SurgeChange(scope, kind, SINCE, at, at, Duration.ZERO, false, FACTS);
    }

    @Test
    void tellsWhoAndWhyOfATemplate() {
        Transition said =
                SurgeWords.of(change(Scope.template("c1", "shop", "web"), SurgeChange.Kind.BEGAN), RULE.name(), RULE);

        assertThat(said.identity()).isEqualTo("FleetMismatchSurge|template/c1/shop/web|");
        assertThat(said.labels()).isEqualTo(Map.of("scope", "template", "template", "web"));
        assertThat(said.cluster()).isEqualTo("c1");
        assertThat(said.fleet().namespace()).isEqualTo("shop");
        assertThat(said.runbookUrl()).endsWith("#tenantresourcesmismatch");
        assertThat(said.fleet().summary())
                .isEqualTo("Template web in c1/shop: 45 of 500 tenants unhealthy, VolumePending fast, rollout of"
                        + " shop/web@8");
        assertThat(said.fleet().description())
                .isEqualTo(
                        "Template web in c1/shop: 45 of 500 tenants (9.0 %) are unhealthy and more become so; usual are"
                                + " 0.4 %. The first is so since 2026-01-01T09:59:10Z, the last since 2026-01-01T09:59:57Z."
                                + " 40 have VolumePending (fast). 44 were not healthy since template shop/web was rolled out in"
                                + " its generation 8.");
    }

    @Test
    void aClusterHasNoNamespaceAndAnEndNoSummary() {
        Transition said = SurgeWords.of(change(Scope.cluster("c1"), SurgeChange.Kind.ENDED), RULE.name(), RULE);

        assertThat(said.status()).isEqualTo(Transition.Status.RESOLVED);
        assertThat(said.reason()).isEqualTo(ResolveReason.RECOVERED);
        assertThat(said.labels()).isEqualTo(Map.of("scope", "cluster"));
        assertThat(said.fleet().namespace()).isNull();
        assertThat(said.fleet().summary()).isNull();
    }
}
