package io.tenantpulse.bench.detector;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class EpisodesTest {
    private static final int TENANTS = 1000;
    private static final long STEP = 120;

    private record Seen(int tenant, Trouble trouble, int ready) {}

    private static List<Seen> run(double changing, int events) {
        Episodes episodes = new Episodes(TENANTS, changing, 0);
        List<Seen> seen = new ArrayList<>();
        for (int i = 1; i <= events; i++) {
            int tenant = episodes.next(i * STEP);
            seen.add(new Seen(tenant, episodes.trouble(tenant), episodes.ready(tenant)));
        }
        return seen;
    }

    @Test
    void tellsTheSameStoryAgain() {
        assertThat(run(0.05, 5000)).isEqualTo(run(0.05, 5000));
    }

    @Test
    void changesAsOftenAsAsked() {
        assertThat(changes(run(0.05, 20_000))).isBetween(990L, 1000L);
        assertThat(changes(run(1, 20_000))).isEqualTo(20_000);
    }

    @Test
    void getsSomeTenantsStuckAndLetsMostRecover() {
        long[] since = new long[TENANTS];
        List<Long> lengths = new ArrayList<>();
        int event = 0;
        for (Seen each : run(0.05, 100_000)) {
            event++;
            if (each.trouble == Trouble.NONE && since[each.tenant] > 0) {
                lengths.add((event - since[each.tenant]) * STEP);
                since[each.tenant] = 0;
            } else if (each.trouble != Trouble.NONE && since[each.tenant] == 0) {
                since[each.tenant] = event;
            }
        }

        assertThat(lengths).filteredOn(millis -> millis > 15 * 60_000).isNotEmpty();
        assertThat(lengths).noneMatch(millis -> millis > 5 * 60_000 && millis < 15 * 60_000);
    }

    private static long changes(List<Seen> seen) {
        Trouble[] trouble = new Trouble[TENANTS];
        int[] ready = new int[TENANTS];
        java.util.Arrays.fill(trouble, Trouble.NONE);
        java.util.Arrays.fill(ready, Episodes.RESOURCES);
        long changes = 0;
        for (Seen each : seen) {
            if (trouble[each.tenant] != each.trouble || ready[each.tenant] != each.ready) {
                changes++;
            }
            trouble[each.tenant] = each.trouble;
            ready[each.tenant] = each.ready;
        }
        return changes;
    }
}
