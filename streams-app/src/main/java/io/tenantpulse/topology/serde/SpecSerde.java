package io.tenantpulse.topology.serde;

import com.fasterxml.jackson.core.type.TypeReference;
import io.tenantpulse.model.Dependency;
import io.tenantpulse.model.ObjectId;
import java.util.List;

/**
 * Keeps a tenant's dependency spec as bytes: one of format version, then all entries, their components in a fixed order. What
 * {@link StateSerde} wrote (version 1) is read, too. To add a component is to raise the version, and to go on reading this
 * one. Thread-safe.
 */
public final class SpecSerde {
    private static final byte VERSION = 2;

    private final StateSerde<List<Dependency>> first = new StateSerde<>(new TypeReference<List<Dependency>>() {});

    /** The bytes that are kept. */
    public byte[] toBytes(List<Dependency> spec) {
        StateWriter out = StateWriter.reused();
        out.octet(VERSION);
        out.each(spec, SpecSerde::put);
        return out.toBytes();
    }

    /**
     * What was kept.
     *
     * @throws IllegalStateException if the bytes are of a version that this code does not know
     */
    public List<Dependency> toState(byte[] bytes) {
        return bytes.length == 0 || bytes[0] != VERSION
                ? first.toState(bytes)
                : new StateReader(bytes, 1).each(SpecSerde::dependency);
    }

    private static void put(StateWriter out, Dependency dependency) {
        out.text(dependency.id());
        ObjectId object = dependency.object();
        out.text(object.group());
        out.text(object.kind());
        out.text(object.namespace());
        out.text(object.name());
        out.words(dependency.dependIds());
        out.flag(dependency.waitForReady());
        out.duration(dependency.timeout());
        out.flag(dependency.once());
    }

    private static Dependency dependency(StateReader in) {
        return new Dependency(
                in.word(),
                new ObjectId(in.word(), in.word(), in.word(), in.text()),
                in.words(),
                in.flag(),
                in.duration(),
                in.flag());
    }
}
