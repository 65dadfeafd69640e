package io.tenantpulse.topology.serde;

import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.annotation.PropertyAccessor;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.dataformat.cbor.databind.CBORMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;

/**
 * Keeps a domain record as bytes: one byte of format version, then CBOR. State outlives the code that wrote it, so a
 * component that is missing reads as null, zero or empty, and one that is unknown is skipped. Times and durations are
 * kept as whole milliseconds, as the log has them. A collection that is null comes back empty.
 *
 * @param <T> a record of records, times, enums, collections and plain values
 */
public final class StateSerde<T> {
    /** Raise it when old bytes must not be read as CBOR of the present shape. */
    static final byte VERSION = 1;

    private static final CBORMapper MAPPER = mapper();

    private final ObjectReader reader;
    private final ObjectWriter writer;

    /** For a record type. */
    public StateSerde(Class<T> type) {
        this.reader = MAPPER.readerFor(type);
        this.writer = MAPPER.writerFor(type);
    }

    /** For a generic type, such as a list of records. */
    public StateSerde(TypeReference<T> type) {
        this.reader = MAPPER.readerFor(type);
        this.writer = MAPPER.writerFor(type);
    }

    private static CBORMapper mapper() {
        CBORMapper.Builder builder = CBORMapper.builder()
                .addModule(new StateModule())
                .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .visibility(PropertyAccessor.ALL, Visibility.NONE)
                .visibility(PropertyAccessor.FIELD, Visibility.ANY)
                .visibility(PropertyAccessor.CREATOR, Visibility.ANY)
                .defaultPropertyInclusion(
                        JsonInclude.Value.construct(JsonInclude.Include.NON_NULL, JsonInclude.Include.ALWAYS));
        for (Class<?> collection :
                List.of(List.class, Set.class, SortedSet.class, Collection.class, Map.class, SortedMap.class)) {
            builder.withConfigOverride(
                    collection,
                    override -> override.setInclude(JsonInclude.Value.construct(
                                    JsonInclude.Include.NON_EMPTY, JsonInclude.Include.ALWAYS))
                            .setSetterInfo(JsonSetter.Value.forValueNulls(Nulls.AS_EMPTY)));
        }
        return builder.build();
    }

    /** The bytes that are kept. */
    public byte[] toBytes(T state) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);
        bytes.write(VERSION);
        try {
            writer.writeValue(bytes, state);
        } catch (IOException e) {
            throw new UncheckedIOException("state of type " + state.getClass().getName() + " cannot be written", e);
        }
        return bytes.toByteArray();
    }

    /**
     * What was kept.
     *
     * @throws IllegalStateException if the bytes are of a version that this code does not know
     */
    public T toState(byte[] bytes) {
        if (bytes.length == 0 || bytes[0] != VERSION) {
            throw new IllegalStateException("state of format version " + (bytes.length == 0 ? "none" : bytes[0])
                    + " cannot be read by this version of Tenant Pulse, which knows version " + VERSION
                    + "; run the version that wrote it, or reset the application and read the log anew");
        }
        try {
            return reader.readValue(bytes, 1, bytes.length - 1);
        } catch (IOException e) {
            throw new UncheckedIOException("state cannot be read; reset the application and read the log anew", e);
        }
    }
}
