package io.tenantpulse.detect;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantpulse.topology.serde.TenantSerde;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;

/** Whatever a tenant goes through, its bytes keep all that is remembered of it. */
class StateBytesProperties {
    @Property(tries = 40)
    void keepAllThatIsRemembered(@ForAll @LongRange(min = 0, max = 10_000_000) long seed) {
        TenantSerde serde = new TenantSerde();
        List<TenantState> lost = new ArrayList<>();
        Story story = new Story();
        story.memory.onTenant = state -> {
            if (!serde.toState(serde.toBytes(state)).equals(state)) {
                lost.add(state);
            }
        };

        new RandomFleet(seed, story, false).repeating().run();

        assertThat(lost).isEmpty();
    }
}
