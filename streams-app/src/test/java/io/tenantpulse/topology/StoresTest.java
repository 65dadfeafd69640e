package io.tenantpulse.topology;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.streams.state.StoreBuilder;
import org.junit.jupiter.api.Test;

class StoresTest {
    @Test
    void everyChangelogHasSegmentsThatAreSoonClosedAndSoCompacted() {
        List<StoreBuilder<?>> all = new ArrayList<>(Stores.all(true));
        all.addAll(Stores.trends(true));
        all.add(Stores.census(true));
        all.add(Stores.seen());

        assertThat(all).hasSize(12).allSatisfy(store -> {
            assertThat(store.loggingEnabled()).isTrue();
            assertThat(Integer.parseInt(store.logConfig().get("segment.bytes")))
                    .as(store.name())
                    .isBetween(1 << 20, 256 << 20);
        });
    }

    @Test
    void aReplayKeepsNoChangelog() {
        List<StoreBuilder<?>> all = new ArrayList<>(Stores.all(false));
        all.addAll(Stores.trends(false));
        all.addAll(Stores.replayed());
        all.add(Stores.census(false));

        assertThat(all).noneMatch(StoreBuilder::loggingEnabled);
    }
}
