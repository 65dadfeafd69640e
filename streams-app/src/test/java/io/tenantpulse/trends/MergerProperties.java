package io.tenantpulse.trends;

import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class MergerProperties {
    @Property(tries = 40, edgeCases = EdgeCasesMode.NONE)
    void everyWindowIsTheSumOfWhatPartitionsToldInWhateverOrder(@ForAll long seed) {
        new MergedHistory(seed).run();
    }
}
