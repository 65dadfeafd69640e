package io.tenantpulse.bench.detector;

import io.tenantpulse.v1.ClusterMark;
import io.tenantpulse.v1.MarkType;
import io.tenantpulse.v1.TenantObserved;
import java.util.HashMap;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/** A tenant's clocks are read, changed and written with every event; every half minute of the log all are looked through. */
final class OrdinaryProcessor implements Processor<String, SpecificRecord, String, SpecificRecord> {
    private static final long SCAN_MILLIS = 30_000;

    private final Map<String, Long> watermarks = new HashMap<>();
    private long scanned;
    private ProcessorContext<String, SpecificRecord> context;
    private KeyValueStore<String, TenantClocks> store;

    @Override
    public void init(ProcessorContext<String, SpecificRecord> context) {
        this.context = context;
        this.store = context.getStateStore(OrdinaryApp.STORE);
    }

    @Override
    public void process(Record<String, SpecificRecord> record) {
        if (record.value() instanceof TenantObserved tenant) {
            onTenant(record.key(), tenant, record.timestamp());
        } else if (record.value() instanceof ClusterMark mark && mark.getType() == MarkType.WATERMARK) {
            watermarks.put(mark.getCluster(), mark.getWatermark().toEpochMilli());
            long all = watermarks.values().stream()
                    .mapToLong(Long::longValue)
                    .min()
                    .orElse(0);
            if (all - all % SCAN_MILLIS > scanned) {
                scanned = all - all % SCAN_MILLIS;
                scan(scanned);
            }
        }
    }

    private void onTenant(String key, TenantObserved tenant, long at) {
        TenantClocks known = store.get(key);
        TenantClocks clocks = known == null ? new TenantClocks() : known;
        if (!clocks.admit(tenant.getEpoch(), tenant.getSequence())) {
            return;
        }
        clocks.observe(LiteralRule.holding(tenant), LiteralRule.degradedReason(tenant), at, voice(key, at));
        store.put(key, clocks);
    }

    private void scan(long upTo) {
        Map<String, TenantClocks> fired = new HashMap<>();
        try (KeyValueIterator<String, TenantClocks> all = store.all()) {
            while (all.hasNext()) {
                KeyValue<String, TenantClocks> each = all.next();
                if (each.value.fire(upTo, voice(each.key, upTo))) {
                    fired.put(each.key, each.value);
                }
            }
        }
        fired.forEach(store::put);
    }

    private TenantClocks.Voice voice(String key, long decidedAt) {
        return (rule, reason, fires, since, at) -> context.forward(
                new Record<>(key, PlainAlerts.of(key, rule, reason, fires, since, at, decidedAt), decidedAt));
    }
}
