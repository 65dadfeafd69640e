package io.tenantpulse.trends;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class CensusProperties {
    @Property(tries = 25, edgeCases = EdgeCasesMode.NONE)
    void countsWhatTheRawHistorySaysToTheMillisecond(@ForAll long seed) {
        new CensusCheck(new CensusHistory(seed, false).run()).run();
    }

    @Property(tries = 25, edgeCases = EdgeCasesMode.NONE)
    void countsTheSameWhereverItIsRestarted(@ForAll long seed) {
        CensusHistory whole = new CensusHistory(seed, false);
        CensusHistory broken = new CensusHistory(seed, true);
        whole.run();
        broken.run();

        assertThat(broken.told.windows).isEqualTo(whole.told.windows);
        assertThat(broken.told.closed).isEqualTo(whole.told.closed);
        assertThat(broken.told.fleet).isEqualTo(whole.told.fleet);
    }
}
