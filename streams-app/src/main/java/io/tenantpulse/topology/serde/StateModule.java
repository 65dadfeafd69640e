package io.tenantpulse.topology.serde;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.KeyDeserializer;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.std.StdScalarDeserializer;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdScalarSerializer;
import io.tenantpulse.model.ObjectId;
import io.tenantpulse.model.TenantId;
import io.tenantpulse.trends.Quantiles;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Function;
import java.util.function.LongFunction;
import java.util.function.ToLongFunction;

/** How state keeps times (whole milliseconds) and ids that are keys of a map. */
final class StateModule extends SimpleModule {
    private static final long serialVersionUID = 1L;

    StateModule() {
        super("tenant-pulse-state");
        addMillis(Instant.class, Instant::toEpochMilli, Instant::ofEpochMilli);
        addMillis(Duration.class, Duration::toMillis, Duration::ofMillis);
        addSerializer(Quantiles.class, new StdScalarSerializer<>(Quantiles.class) {
            private static final long serialVersionUID = 1L;

            @Override
            public void serialize(Quantiles value, JsonGenerator out, SerializerProvider provider) throws IOException {
                out.writeBinary(value.toBytes());
            }
        });
        addDeserializer(Quantiles.class, new StdScalarDeserializer<>(Quantiles.class) {
            private static final long serialVersionUID = 1L;

            @Override
            public Quantiles deserialize(JsonParser in, DeserializationContext context) throws IOException {
                return Quantiles.ofBytes(in.getBinaryValue());
            }
        });
        addKey(Instant.class, at -> Long.toString(at.toEpochMilli()), at -> Instant.ofEpochMilli(Long.parseLong(at)));
        addKey(TenantId.class, TenantId::key, TenantId::parse);
        addKey(ObjectId.class, ObjectId::key, StateModule::objectId);
    }

    private static ObjectId objectId(String key) {
        String[] parts = key.split("/", -1);
        return new ObjectId(parts[0], parts[1], parts[2], parts[3]);
    }

    private <T> void addMillis(Class<T> type, ToLongFunction<T> toMillis, LongFunction<T> ofMillis) {
        addSerializer(type, new StdScalarSerializer<>(type) {
            private static final long serialVersionUID = 1L;

            @Override
            public void serialize(T value, JsonGenerator out, SerializerProvider provider) throws IOException {
                out.writeNumber(toMillis.applyAsLong(value));
            }
        });
        addDeserializer(type, new StdScalarDeserializer<>(type) {
            private static final long serialVersionUID = 1L;

            @Override
            public T deserialize(JsonParser in, DeserializationContext context) throws IOException {
                return ofMillis.apply(in.getLongValue());
            }
        });
    }

    private <T> void addKey(Class<T> type, Function<T, String> toKey, Function<String, T> ofKey) {
        addKeySerializer(type, new StdScalarSerializer<>(type) {
            private static final long serialVersionUID = 1L;

            @Override
            public void serialize(T value, JsonGenerator out, SerializerProvider provider) throws IOException {
                out.writeFieldName(toKey.apply(value));
            }
        });
        addKeyDeserializer(type, new KeyDeserializer() {
            @Override
            public T deserializeKey(String key, DeserializationContext context) {
                return ofKey.apply(key);
            }
        });
    }
}
