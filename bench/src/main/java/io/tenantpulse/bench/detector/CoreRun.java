package io.tenantpulse.bench.detector;

import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.tenantpulse.bench.Cpu;
import io.tenantpulse.schema.SerdeSettings;
import io.tenantpulse.topology.DetectorRig;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The log that contenders race over, through the detectors of its partitions alone: what of their cost is not Kafka's. */
public final class CoreRun {
    private final LogSpec spec;

    /** @param changing share of the events that change the state of their tenant */
    public CoreRun(int tenants, int events, double changing) {
        this.spec = new LogSpec("core", LogSpec.Kind.TENANTS, tenants, events / 2, events, changing);
    }

    /**
     * What a record cost.
     *
     * @param micros CPU of the detector's thread
     * @param bytes allocated
     * @param transitions of alerts that were said in all
     */
    public record Cost(double micros, double bytes, long transitions) {}

    private record Entry(int partition, byte[] key, byte[] value, long timestamp) {}

    /** @param folder for the stores that are on disk */
    public Cost run(Path folder) throws IOException {
        SchemaRegistryClient registry = DetectorRig.registry();
        List<Entry> entries = new ArrayList<>();
        LogSink sink = (partition, key, value, at) -> entries.add(new Entry(partition, key, value, at));
        LogWriter.Written log;
        try (LogProducer producer =
                new LogProducer(registry, SerdeSettings.of("http://none"), sink, spec.prefix(), spec.clusters())) {
            log = LogWriter.write(spec, producer, spec.prefix());
        }
        List<DetectorRig> partitions = new ArrayList<>();
        try {
            for (int i = 0; i < LogSpec.PARTITIONS; i++) {
                partitions.add(new DetectorRig(folder.resolve(String.valueOf(i)), true, registry));
            }
            int warm = (int) log.warm();
            take(entries.subList(0, warm), partitions);
            long allocated = Cpu.allocatedBytes();
            long nanos = Cpu.threadNanos();
            take(entries.subList(warm, entries.size()), partitions);
            double records = entries.size() - (double) warm;
            return new Cost(
                    (Cpu.threadNanos() - nanos) / 1e3 / records,
                    (Cpu.allocatedBytes() - allocated) / records,
                    partitions.stream().mapToLong(DetectorRig::transitions).sum());
        } finally {
            partitions.forEach(DetectorRig::close);
        }
    }

    private static void take(List<Entry> entries, List<DetectorRig> partitions) {
        for (Entry each : entries) {
            partitions.get(each.partition).take(each.key, each.value, each.timestamp);
        }
    }
}
