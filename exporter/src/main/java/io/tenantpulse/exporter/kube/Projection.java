package io.tenantpulse.exporter.kube;

import io.tenantpulse.exporter.WatchedKind;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * From the bytes of a Kubernetes object to its facts: the whitelist. What is not read here does not become an object, and so
 * cannot leave the cluster. For one thread.
 */
public final class Projection {
    private final JsonReader in = new JsonReader(new Interner());
    private final Metadata metadata = new Metadata();
    private final Map<WatchedKind, DetailReader> readers = new HashMap<>();
    private @Nullable String problem;

    public Projection() {
        for (WatchedKind kind : WatchedKind.ALL) {
            readers.put(kind, readerOf(kind));
        }
    }

    private static DetailReader readerOf(WatchedKind kind) {
        return switch (kind.role()) {
            case TENANT -> new TenantReader();
            case REGISTRY -> new FleetReader(false);
            case TEMPLATE -> new FleetReader(true);
            case WORKLOAD -> new WorkloadReader(kind);
            case POD -> new PodReader();
            case EVENT -> new EventReader();
            case NODE, STORAGE_CLASS, CLAIM -> new ResourceReader(kind);
            case RESOURCE ->
                kind == WatchedKind.SERVICE || kind == WatchedKind.INGRESS || kind == WatchedKind.NAMESPACE
                        ? new ResourceReader(kind)
                        : new DetailReader.Plain();
        };
    }

    /** As {@link #read(WatchedKind, ObjectBytes)}. */
    public @Nullable Facts read(WatchedKind kind, byte[] json, int offset, int length) {
        return read(kind, new ObjectBytes(json, offset, length));
    }

    /**
     * Facts of the object in these bytes; {@link Facts#undecodable} when something of it cannot be read; null when not even
     * namespace and name can. Never throws for what it reads.
     */
    public @Nullable Facts read(WatchedKind kind, ObjectBytes json) {
        DetailReader reader = readers.get(kind);
        if (reader == null) {
            throw new AssertionError(kind);
        }
        problem = null;
        metadata.clear(kind);
        reader.clear();
        in.reset(json);
        try {
            topLevel(reader);
            reader.finish(in);
            if (!in.atEnd()) {
                problem = "something follows the object";
            }
        } catch (MalformedJsonException e) {
            problem = e.getMessage();
        } finally {
            in.release();
        }
        return facts(kind, reader);
    }

    /** What was wrong with the object last read, never quoting it; null when nothing was. */
    public @Nullable String problem() {
        return problem;
    }

    private void topLevel(DetailReader reader) {
        if (!in.beginObject()) {
            throw new MalformedJsonException("an object was expected");
        }
        for (Field field = in.nextField(); field != Field.END; field = in.nextField()) {
            int start = in.position();
            try {
                if (field == Field.METADATA) {
                    metadata();
                } else if (field == Field.UNDECODABLE) {
                    in.skipValue();
                    problem = "it was recorded as undecodable";
                } else {
                    reader.field(field, in);
                }
            } catch (MalformedJsonException e) {
                overlook(start, e);
            }
        }
    }

    /** A field of the wrong type spoils itself only, so that the identity is read wherever it stands. */
    private void metadata() {
        if (!in.beginObject()) {
            return;
        }
        for (Field field = in.nextField(); field != Field.END; field = in.nextField()) {
            int start = in.position();
            try {
                metadata.field(field, in);
            } catch (MalformedJsonException e) {
                overlook(start, e);
            }
        }
    }

    private void overlook(int valueStart, MalformedJsonException e) {
        problem = e.getMessage();
        in.back(valueStart);
        in.skipValue();
    }

    private @Nullable Facts facts(WatchedKind kind, DetailReader reader) {
        if (metadata.name.isEmpty() || (kind.namespaced() && metadata.namespace.isEmpty())) {
            problem = problem == null ? "it has no name or namespace" : problem;
            return null;
        }
        if (metadata.uid.isEmpty() && problem == null) {
            problem = "it has no uid";
        }
        if (problem != null) {
            // Half an object is not to link others to tenants, and a recording does not hold it: only its identity
            // counts.
            reader.clear();
        }
        Detail detail = reader.detail(metadata);
        return new Facts(
                kind,
                ObjectName.of(kind, metadata.namespace, metadata.name),
                metadata.uid,
                metadata.resourceVersion,
                metadata.createdAt,
                metadata.deletedAt,
                metadata.generation,
                metadata.ownerRefs(),
                metadata.labelledTenant(),
                metadata.orphaned,
                reader.conditions,
                detail,
                problem != null);
    }
}
