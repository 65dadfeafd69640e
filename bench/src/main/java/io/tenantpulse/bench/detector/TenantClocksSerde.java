package io.tenantpulse.bench.detector;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.Serializer;

/** Clocks as plain bytes, which costs less than the JSON or Avro that such applications mostly use. */
final class TenantClocksSerde {
    private static final int FIXED_BYTES = (LiteralRule.count() + 2) * Long.BYTES + Integer.BYTES;

    private TenantClocksSerde() {}

    static Serde<TenantClocks> create() {
        Serializer<TenantClocks> serializer = (topic, clocks) -> clocks == null ? null : toBytes(clocks);
        Deserializer<TenantClocks> deserializer = (topic, bytes) -> bytes == null ? null : fromBytes(bytes);
        return Serdes.serdeFrom(serializer, deserializer);
    }

    private static byte[] toBytes(TenantClocks clocks) {
        byte[] reason = clocks.reason.getBytes(StandardCharsets.UTF_8);
        ByteBuffer bytes = ByteBuffer.allocate(FIXED_BYTES + reason.length);
        for (long since : clocks.since) {
            bytes.putLong(since);
        }
        bytes.putLong(clocks.epoch).putLong(clocks.sequence);
        return bytes.putInt(clocks.firing).put(reason).array();
    }

    private static TenantClocks fromBytes(byte[] encoded) {
        ByteBuffer bytes = ByteBuffer.wrap(encoded);
        TenantClocks clocks = new TenantClocks();
        for (int i = 0; i < clocks.since.length; i++) {
            clocks.since[i] = bytes.getLong();
        }
        clocks.epoch = bytes.getLong();
        clocks.sequence = bytes.getLong();
        clocks.firing = bytes.getInt();
        clocks.reason = new String(encoded, FIXED_BYTES, encoded.length - FIXED_BYTES, StandardCharsets.UTF_8);
        return clocks;
    }
}
