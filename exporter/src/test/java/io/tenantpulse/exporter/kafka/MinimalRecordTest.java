package io.tenantpulse.exporter.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantpulse.schema.AvroLimits;
import io.tenantpulse.v1.Change;
import io.tenantpulse.v1.TenantObserved;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MinimalRecordTest {
    @BeforeAll
    static void letAvroMakeOurRecords() {
        AvroLimits.install();
    }

    @ParameterizedTest
    @CsvSource({"SNAPSHOT,UNDECODABLE", "MODIFIED,UNDECODABLE", "DELETED,DELETED", "RELEASED,RELEASED"})
    void keepsThatAnObjectIsGoneAndNothingElseOfWhatHappened(Change change, Change said) {
        TenantObserved large = TenantObserved.newBuilder()
                .setCluster("east")
                .setEpoch(1)
                .setSequence(2)
                .setChange(change)
                .setKind("Tenant")
                .setNamespace("shop")
                .setName("acme")
                .setUid("u")
                .setResourceVersion("5")
                .setConditions(List.of())
                .setAppliedIds(List.of("x"))
                .setSkippedIds(List.of())
                .build();

        TenantObserved least = (TenantObserved) MinimalRecord.of(large);

        assertThat(least.getChange()).isEqualTo(said);
        assertThat(least.getUid()).isEqualTo("u");
        assertThat(least.getAppliedIds()).isEmpty();
    }
}
