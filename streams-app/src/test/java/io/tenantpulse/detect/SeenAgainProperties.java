package io.tenantpulse.detect;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantpulse.model.TenantId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;

/** A tenant that shows itself as it was is not looked at, and nobody can tell. */
class SeenAgainProperties {
    private static final TenantId ACME = new TenantId("c1", "ns", "Tenant", "acme");

    private static Story story() {
        List<Rule> rules = new ArrayList<>();
        for (Rule each : Rules.builtIn().tenantRules()) {
            Duration hold = each.hold().dividedBy(5);
            Rule.Rate rate = each.rate() == null ? null : new Rule.Rate(Duration.ofMinutes(10), 4, 2);
            Duration keep = each.predicate() == Rule.Predicate.DEGRADED_TRUE ? Duration.ofSeconds(20) : Duration.ZERO;
            rules.add(new Rule(each.name(), each.predicate(), hold, each.severity(), keep, rate));
        }
        return new Story(new Rules(rules, List.of(), Duration.ofMinutes(1), null, null, Rules.GapPolicy.FREEZE));
    }

    @Property(tries = 300)
    void nothingElseIsSaidOrRemembered(@ForAll @LongRange(min = 0, max = 10_000_000) long seed) {
        Story plain = story();
        Story recognising = story();
        plain.memory.forgetful = true;
        recognising.recognising();
        new RandomFleet(seed, plain, false).repeating().run();
        new RandomFleet(seed, recognising, true).repeating().run();

        assertThat(recognising.transitions).isEqualTo(plain.transitions);
        assertThat(recognising.incidents).isEqualTo(plain.incidents);
        assertThat(recognising.memory.tenant(ACME)).isEqualTo(plain.memory.tenant(ACME));
        assertThat(recognising.trends.windows).isEqualTo(plain.trends.windows);
    }

    @Example
    void muchOfWhatRepeatsIsTaken() {
        int taken = 0;
        for (long seed = 0; seed < 20; seed++) {
            Story story = story();
            Recognising recognised = story.recognising();
            new RandomFleet(seed, story, false).repeating().run();
            taken += recognised.taken;
        }

        assertThat(taken).isGreaterThan(20 * 50);
    }
}
