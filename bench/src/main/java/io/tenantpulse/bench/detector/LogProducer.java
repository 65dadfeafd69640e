package io.tenantpulse.bench.detector;

import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.tenantpulse.schema.Keys;
import io.tenantpulse.schema.Partitions;
import io.tenantpulse.schema.RecordSerde;
import io.tenantpulse.schema.RegistryClients;
import io.tenantpulse.schema.SerdeSettings;
import io.tenantpulse.v1.ClusterMark;
import io.tenantpulse.v1.FrameId;
import io.tenantpulse.v1.KindCoverage;
import io.tenantpulse.v1.KindState;
import io.tenantpulse.v1.MarkType;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Serializer;

/** Writes records and marks as an exporter does: real Avro, keys, partitions, timestamps, sequences. */
final class LogProducer implements AutoCloseable {
    private final String topic;
    private final SchemaRegistryClient registry;
    private final Serializer<SpecificRecord> serializer;
    private final LogSink sink;
    private final long[] sequences;
    private long records;
    private long bytes;

    /** Writes into a topic. */
    LogProducer(Servers.Addresses addresses, String topic, int clusters) {
        this(
                RegistryClients.create(SerdeSettings.of(addresses.registryUrl())),
                SerdeSettings.of(addresses.registryUrl()),
                new KafkaSink(addresses, topic),
                topic,
                clusters);
    }

    /** Writes elsewhere; both are closed with this. */
    LogProducer(SchemaRegistryClient registry, SerdeSettings settings, LogSink sink, String topic, int clusters) {
        this.topic = topic;
        this.registry = registry;
        this.serializer = new RecordSerde(registry, settings).serializer();
        this.sink = sink;
        this.sequences = new long[clusters];
    }

    /** The next sequence of the cluster. */
    long next(int cluster) {
        return ++sequences[cluster];
    }

    /** Sends a record to the partition of its key. */
    void send(String key, SpecificRecord value, Instant at) {
        send(Partitions.of(key, LogSpec.PARTITIONS), key, value, at);
    }

    /** An exporter claims its epoch. */
    void epoch(int cluster, Instant at) {
        String name = FleetRecords.cluster(cluster);
        send(name, mark(cluster, MarkType.EPOCH).setInstance("bench").build(), at);
    }

    /** A frame begins. */
    FrameId beginFrame(int cluster, String kind, Instant at) {
        ClusterMark begin = mark(cluster, MarkType.SYNC_BEGIN).setKind(kind).build();
        toAll(begin, at);
        return new FrameId(FleetRecords.EPOCH, begin.getSequence());
    }

    void endFrame(int cluster, String kind, FrameId frame, Instant at) {
        toAll(mark(cluster, MarkType.SYNC_END).setKind(kind).setFrame(frame).build(), at);
    }

    /** All up to this instant stands before this mark. */
    void watermark(int cluster, List<String> kinds, Instant at) {
        toAll(
                mark(cluster, MarkType.WATERMARK)
                        .setWatermark(at)
                        .setCoverage(kinds.stream()
                                .map(kind -> new KindCoverage(kind, KindState.LIVE))
                                .toList())
                        .build(),
                at);
    }

    static String kindName(ResourceKind kind) {
        return Keys.kind(kind.group(), kind.kind());
    }

    private ClusterMark.Builder mark(int cluster, MarkType type) {
        return ClusterMark.newBuilder()
                .setCluster(FleetRecords.cluster(cluster))
                .setEpoch(FleetRecords.EPOCH)
                .setSequence(next(cluster))
                .setType(type);
    }

    private void toAll(ClusterMark mark, Instant at) {
        for (int partition = 0; partition < LogSpec.PARTITIONS; partition++) {
            send(partition, mark.getCluster(), mark, at);
        }
    }

    private void send(int partition, String key, SpecificRecord value, Instant at) {
        byte[] encoded = serializer.serialize(topic, value);
        records++;
        bytes += encoded.length;
        sink.put(partition, key.getBytes(StandardCharsets.UTF_8), encoded, at.toEpochMilli());
    }

    /** Records sent so far, marks included. */
    long records() {
        return records;
    }

    /** Bytes of their values. */
    long bytes() {
        return bytes;
    }

    /** Returns when all is in the log. */
    void flush() {
        sink.flush();
    }

    @Override
    public void close() throws IOException {
        sink.close();
        registry.close();
    }
}
