package io.tenantpulse.detect;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class AgendaTest {
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    private final Agenda<String> agenda = new Agenda<>();

    private void add(String key, Instant at) {
        agenda.move("a", key, key, null, at);
    }

    @Test
    void tellsWhatIsDueAtItsOwnInstantAndNotAMillisecondBefore() {
        add("x", NOON);

        assertThat(agenda.isDue("a", NOON.minusMillis(1))).isFalse();
        assertThat(agenda.due("a", NOON.minusMillis(1))).isEmpty();
        assertThat(agenda.isDue("a", NOON)).isTrue();
        assertThat(agenda.due("a", NOON)).containsExactly("x");
    }

    @Test
    void tellsTheEarliestFirstThenByKey() {
        add("z", NOON.minusSeconds(1));
        add("y", NOON);
        add("x", NOON);
        add("w", NOON.plusMillis(1));

        assertThat(agenda.due("a", NOON)).containsExactly("z", "x", "y");
    }

    @Test
    void movesAndRemovesEntries() {
        add("x", NOON);
        add("y", NOON);

        agenda.move("a", "x", "x", NOON, NOON.plusSeconds(1));
        agenda.move("a", "y", "y", NOON, null);

        assertThat(agenda.due("a", NOON)).isEmpty();
        assertThat(agenda.due("a", Instant.MAX)).containsExactly("x");
    }

    @Test
    void keepsAnEntryThatIsMovedToWhereItStands() {
        add("x", NOON);

        agenda.move("a", "x", "x", NOON, NOON);

        assertThat(agenda.due("a", NOON)).containsExactly("x");
    }

    @Test
    void keepsClustersApart() {
        add("x", NOON);

        assertThat(agenda.isDue("b", NOON)).isFalse();
        assertThat(agenda.due("b", NOON)).isEmpty();
    }
}
