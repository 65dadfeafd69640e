package io.tenantpulse.topology;

import io.tenantpulse.topology.serde.SightBatch;
import io.tenantpulse.topology.serde.TenantSerde;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * Keeps where tenants were seen, many in one entry of a store, for a tenant that shows the same again is not worth an entry of
 * its own. Entries are numbered; the newest that names a tenant counts. When they have grown to twice what they need to be, the
 * oldest are taken away, and what still counts of them is written anew.
 *
 * @param <T> what its user knows a tenant by: so that no entry must be read again to find out whom it names
 */
final class SightJournal<T> {
    /** Before it is compressed; well below the largest record of any broker. */
    static final int ENTRY_BYTES = 64 << 10;

    /** So much is not worth to be made smaller. */
    private static final long SMALL = 256L << 10;

    private final KeyValueStore<Bytes, byte[]> store;
    private final Deque<Entry<T>> entries = new ArrayDeque<>();
    private final SightBatch batch = new SightBatch();
    private List<T> named = new ArrayList<>();
    private long next;
    private long bytes;

    private record Entry<T>(long number, int bytes, List<T> named) {}

    SightJournal(KeyValueStore<Bytes, byte[]> store) {
        this.store = store;
    }

    /** Sees what is kept of a tenant. */
    interface Reading<T> {
        /** @return what the tenant is known by; null: it is not known any more */
        @Nullable
        T visit(long entry, Bytes tenant, SightBatch.Reader sight);
    }

    /** Sees a tenant that an entry names. */
    interface Visitor<T> {
        void visit(long entry, T tenant);
    }

    /** Reads all that was kept, the oldest first. */
    void restore(Reading<T> reading) {
        try (KeyValueIterator<Bytes, byte[]> all = store.all()) {
            while (all.hasNext()) {
                KeyValue<Bytes, byte[]> entry = all.next();
                long number = number(entry.key);
                List<T> known = new ArrayList<>();
                SightBatch.Reader reader = new SightBatch.Reader(entry.value);
                while (reader.next()) {
                    T tenant = reading.visit(number, Bytes.wrap(reader.tenant()), reader);
                    if (tenant != null) {
                        known.add(tenant);
                    }
                }
                entries.add(new Entry<>(number, entry.value.length, known));
                bytes += entry.value.length;
                next = number + 1;
            }
        }
    }

    /** The entry that {@link #add} adds to. */
    long current() {
        return next;
    }

    /** Adds where a tenant was seen. */
    void add(T tenant, byte[] key, TenantSerde.Sight sight) {
        batch.add(key, sight);
        named.add(tenant);
        if (batch.size() >= ENTRY_BYTES) {
            write();
        }
    }

    /** Writes what was added. */
    void write() {
        if (batch.size() > 0) {
            byte[] value = batch.take();
            store.put(key(next), value);
            entries.add(new Entry<>(next, value.length, named));
            named = new ArrayList<>(named.size());
            bytes += value.length;
            next++;
        }
    }

    /**
     * Takes entries away until they are small enough.
     *
     * @param needed how many bytes they need
     * @param visitor adds what still counts
     */
    void shrink(long needed, Visitor<T> visitor) {
        Entry<T> last = entries.peekLast();
        while (bytes > SMALL && bytes > 2 * needed && !entries.isEmpty()) {
            Entry<T> oldest = entries.remove();
            bytes -= oldest.bytes;
            oldest.named.forEach(tenant -> visitor.visit(oldest.number, tenant));
            write();
            store.delete(key(oldest.number));
            if (oldest == last) {
                return; // What was written anew is all that there is.
            }
        }
    }

    private static Bytes key(long number) {
        return Bytes.wrap(ByteBuffer.allocate(Long.BYTES).putLong(number).array());
    }

    private static long number(Bytes key) {
        return ByteBuffer.wrap(key.get()).getLong();
    }
}
