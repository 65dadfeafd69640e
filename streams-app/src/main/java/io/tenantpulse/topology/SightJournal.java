package io.tenantpulse.topology;

import io.tenantpulse.topology.serde.SightBatch;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Keeps where tenants were seen, many in one entry of a store, for a tenant that shows the same again is not worth an entry of
 * its own. Entries are numbered; the newest that names a tenant counts. When they have grown to twice what they need to be, the
 * oldest are taken away, and what still counts of them is written anew.
 */
final class SightJournal {
    /** Before it is compressed; well below the largest record of any broker. */
    static final int ENTRY_BYTES = 64 << 10;

    /** So much is not worth to be made smaller. */
    private static final long SMALL = 256L << 10;

    private final KeyValueStore<Bytes, byte[]> store;
    private final Deque<Bytes> entries = new ArrayDeque<>();
    private final SightBatch batch = new SightBatch();
    private long next;
    private long bytes;

    SightJournal(KeyValueStore<Bytes, byte[]> store) {
        this.store = store;
    }

    /** Sees what is kept, the oldest first. */
    interface Visitor {
        void visit(long entry, Bytes tenant, SightBatch.Reader sight);
    }

    /** Reads all that was kept. */
    void restore(Visitor visitor) {
        try (KeyValueIterator<Bytes, byte[]> all = store.all()) {
            while (all.hasNext()) {
                KeyValue<Bytes, byte[]> entry = all.next();
                entries.add(entry.key);
                bytes += entry.value.length;
                next = number(entry.key) + 1;
                visit(entry.key, entry.value, visitor);
            }
        }
    }

    /** The entry that {@link #add} adds to. */
    long current() {
        return next;
    }

    /** Adds where a tenant was seen, by the bytes that are kept of it. */
    void add(Bytes tenant, byte[] state) {
        batch.add(tenant.get(), state);
        if (batch.size() >= ENTRY_BYTES) {
            write();
        }
    }

    /** Writes what was added. */
    void write() {
        if (batch.size() > 0) {
            Bytes key = key(next++);
            byte[] value = batch.take();
            store.put(key, value);
            entries.add(key);
            bytes += value.length;
        }
    }

    /**
     * Takes entries away until they are small enough.
     *
     * @param needed how many bytes they need
     * @param visitor adds what still counts
     */
    void shrink(long needed, Visitor visitor) {
        Bytes last = entries.peekLast();
        while (bytes > SMALL && bytes > 2 * needed && !entries.isEmpty()) {
            Bytes oldest = entries.remove();
            byte[] value = store.get(oldest);
            bytes -= value.length;
            visit(oldest, value, visitor);
            write();
            store.delete(oldest);
            if (oldest.equals(last)) {
                return; // What was written anew is all that there is.
            }
        }
    }

    private static void visit(Bytes entry, byte[] value, Visitor visitor) {
        SightBatch.Reader reader = new SightBatch.Reader(value);
        while (reader.next()) {
            visitor.visit(number(entry), Bytes.wrap(reader.tenant()), reader);
        }
    }

    private static Bytes key(long number) {
        return Bytes.wrap(ByteBuffer.allocate(Long.BYTES).putLong(number).array());
    }

    private static long number(Bytes key) {
        return ByteBuffer.wrap(key.get()).getLong();
    }
}
