package io.tenantpulse.detect;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantpulse.model.ObjectId;
import io.tenantpulse.model.RegistryId;
import io.tenantpulse.model.TenantId;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class HeldMemoryTest {
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    private static final TenantId ACME = new TenantId("a", "ns", "Tenant", "acme");
    private static final RegistryId ROWS = new RegistryId("a", "ns", "TenantRegistry", "rows");

    private final HeldMemory memory = new HeldMemory();

    @Test
    void findsDueWhatIsDueOfATenantItsWarningsAndARegistry() {
        memory.moveDeadline(ACME, null, NOON);
        memory.moveLook(ACME, null, NOON.plusSeconds(1));
        memory.moveExpiry(ACME, "uid", null, NOON.plusSeconds(2));
        memory.moveDeadline(ROWS, null, NOON.plusSeconds(3));

        assertThat(memory.isDue("a", NOON.minusMillis(1))).isFalse();
        assertThat(memory.isDue("b", NOON.plusSeconds(3))).isFalse();
        assertThat(memory.due("a", NOON)).containsExactly(ACME);
        assertThat(memory.looks("a", NOON.plusSeconds(1))).containsExactly(ACME);
        assertThat(memory.expired("a", NOON.plusSeconds(2))).containsExactly(new Memory.WarningKey(ACME, "uid"));
        assertThat(memory.dueRegistries("a", NOON.plusSeconds(3))).containsExactly(ROWS);
    }

    @Test
    void isDueUntilTheLastEntryIsGone() {
        memory.moveLook(ACME, null, NOON);
        assertThat(memory.isDue("a", NOON)).isTrue();

        memory.moveLook(ACME, NOON, null);

        assertThat(memory.isDue("a", NOON)).isFalse();
    }

    @Test
    void forgetsWhatItHeldLast() {
        memory.put(ACME, List.of());
        assertThat(memory.dependencies(ACME)).isEmpty();

        memory.forgetDependencies(ACME);

        assertThat(memory.dependencies(ACME)).isNull();
        assertThat(memory.isOwnRead(ACME)).isFalse();
        assertThat(memory.glance(ACME, new ObjectId("", "Pod", "ns", "p"))).isEqualTo(Glance.NONE);
    }

    @Test
    void remembersNoReadingOfATenantThatIsNotThere() {
        memory.put(ACME, List.of());

        memory.ownRead(ACME);

        assertThat(memory.isOwnRead(ACME)).isFalse();
    }
}
