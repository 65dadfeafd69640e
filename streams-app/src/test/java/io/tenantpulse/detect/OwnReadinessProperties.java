package io.tenantpulse.detect;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;

/**
 * Own readiness through gaps, frames and epochs, against a judge that goes through the world second by second: it counts in
 * how many of them the log proves the condition, and where it proves its contrary.
 */
class OwnReadinessProperties {
    private static final int HOLD = 120;

    private static Story story() {
        Rule own = new Rule(
                "TenantNotConverged",
                Rule.Predicate.NOT_CONVERGED,
                Duration.ofSeconds(HOLD),
                Severity.WARNING,
                Duration.ZERO);
        return new Story(new Rules(List.of(own), List.of(), Duration.ofMinutes(1), null, null, Rules.GapPolicy.FREEZE));
    }

    /** Whether the log says, now or later, that an object was good or bad in each second. */
    private enum Known {
        GOOD,
        BAD,
        NOTHING
    }

    private static Known known(RandomFleet fleet, int object, int second) {
        RandomFleet.Truth[] truth = fleet.truth.get(object);
        for (RandomFleet.Unseen unseen : fleet.unseen) {
            if (unseen.kind().equals(fleet.kinds.get(object)) && unseen.from() <= second && second < unseen.to()) {
                RandomFleet.Truth before = truth[unseen.from() - 1];
                boolean same = before.exists() && before.equals(truth[unseen.to()]);
                return unseen.resumed() || same ? said(before) : Known.NOTHING;
            }
        }
        return said(truth[second]);
    }

    private static Known said(RandomFleet.Truth truth) {
        return truth.good() ? Known.GOOD : Known.BAD;
    }

    private static boolean any(RandomFleet fleet, int second, Known what) {
        return IntStream.range(0, fleet.kinds.size()).anyMatch(object -> known(fleet, object, second) == what);
    }

    private static boolean provenBad(RandomFleet fleet, int second) {
        return any(fleet, second, Known.BAD);
    }

    private static boolean provenGood(RandomFleet fleet, int second) {
        return !any(fleet, second, Known.BAD) && !any(fleet, second, Known.NOTHING);
    }

    private static int second(java.time.Instant instant) {
        return (int) Duration.between(Story.MIDNIGHT, instant).toSeconds();
    }

    private static List<Transition> ofTenant(Story story) {
        return story.transitions.stream()
                .filter(said -> said.tenant() != null && said.status() != Transition.Status.UPDATED)
                .toList();
    }

    @Property(tries = 400)
    void nothingFiresBeforeTheConditionWasProvenForItsHold(@ForAll @LongRange(min = 0, max = 10_000_000) long seed) {
        Story story = story();
        RandomFleet fleet = new RandomFleet(seed, story, false).run();

        for (Transition said : ofTenant(story)) {
            if (said.status() == Transition.Status.FIRING) {
                int since = second(said.since());
                int at = second(said.at());
                IntPredicate bad = second -> provenBad(fleet, second);
                assertThat(said.at()).isEqualTo(said.since().plusSeconds(HOLD).plus(said.frozen()));
                assertThat(IntStream.range(since, at).filter(bad).count())
                        .as("seconds proven between %s and %s", said.since(), said.at())
                        .isGreaterThanOrEqualTo(HOLD);
                assertThat(IntStream.rangeClosed(since, at).filter(second -> provenGood(fleet, second)))
                        .as("seconds proven good between %s and %s", said.since(), said.at())
                        .isEmpty();
            }
        }
    }

    /** One kind comes back and bridges its gap while another has been lost unnoticed: that proves nothing of the other. */
    @Example
    void aGapIsNotBridgedForAKindThatWasLostInIt() {
        nothingFiresBeforeTheConditionWasProvenForItsHold(7480384);
    }

    @Property(tries = 400)
    void whatIsSeenWithoutABreakForItsHoldFiresInTime(@ForAll @LongRange(min = 0, max = 10_000_000) long seed) {
        Story story = story();
        RandomFleet fleet = new RandomFleet(seed, story, false).run();
        int since = -1;
        for (int second = 0; second < RandomFleet.SECONDS; second++) {
            int now = second;
            boolean seen = fleet.uncovered.stream().noneMatch(unseen -> unseen[0] <= now && now < unseen[1]);
            since = !seen || !provenBad(fleet, now) ? -1 : since < 0 ? now : since;
            if (since >= 0 && now - since == HOLD + 30) {
                int begun = since;
                assertThat(ofTenant(story).stream()
                                .filter(said -> second(said.at()) <= begun + HOLD)
                                .reduce((a, b) -> b))
                        .as("seen bad from %s on", RandomFleet.clock(begun))
                        .hasValueSatisfying(said -> assertThat(said.status()).isEqualTo(Transition.Status.FIRING));
            }
        }
    }

    @Property(tries = 400)
    void alertsFireAndResolveInTurnAndAllEndsWhenAllIsWell(@ForAll @LongRange(min = 0, max = 10_000_000) long seed) {
        Story story = story();
        new RandomFleet(seed, story, false).run();

        Transition.Status before = Transition.Status.RESOLVED;
        for (Transition said : ofTenant(story)) {
            assertThat(said.status()).isNotEqualTo(before);
            before = said.status();
        }
        TenantState tenant = story.memory.tenant(story.id("acme"));
        assertThat(before).isEqualTo(Transition.Status.RESOLVED);
        assertThat(tenant).isNotNull();
        assertThat(tenant.clocks()).isEmpty();
        assertThat(tenant.incident()).isNull();
        assertThat(story.memory.indexed()).isZero();
        assertThat(story.counted).isEmpty();
        assertThat(story.incidents.stream().filter(each -> each.status() == IncidentChange.Status.OPENED))
                .hasSameSizeAs(story.incidents.stream()
                        .filter(each -> each.status() == IncidentChange.Status.ENDED)
                        .toList());
    }

    @Property(tries = 200)
    void aDetectorThatIsKilledNowAndThenSaysTheSame(@ForAll @LongRange(min = 0, max = 10_000_000) long seed) {
        Story whole = story();
        Story killed = story();
        new RandomFleet(seed, whole, false).run();
        new RandomFleet(seed, killed, true).run();

        assertThat(killed.transitions).isEqualTo(whole.transitions);
        assertThat(killed.incidents).isEqualTo(whole.incidents);
    }
}
