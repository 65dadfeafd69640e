package io.tenantpulse.topology;

import io.tenantpulse.detect.Detector;
import io.tenantpulse.detect.Observation;
import io.tenantpulse.detect.Settled;
import io.tenantpulse.detect.Watched;
import io.tenantpulse.topology.serde.LogCodec;
import io.tenantpulse.topology.serde.TenantHead;
import io.tenantpulse.topology.serde.TenantSerde;
import io.tenantpulse.topology.serde.TenantSerde.Sight;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiConsumer;
import org.agrona.collections.Long2ObjectHashMap;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * Spares most records of tenants a closer look: one that says what the last one said, of a tenant with which nothing is going
 * on, only moves where the tenant was seen. That is moved in the very bytes which the store of tenants keeps in memory, and
 * written once per commit, for many tenants together.
 *
 * <p>What it recognises records by is in memory only: after a restart each tenant is looked at once. Of one thread.
 */
final class Sightings {
    /** Of a key and a sight, roughly. */
    private static final long BYTES_PER_TENANT = 64;

    private static final long NOWHERE = -1;

    private final KeyValueStore<Bytes, byte[]> tenants;
    private final LogCodec codec;
    private final @Nullable SightJournal<Known> journal;
    private final TenantHead head = new TenantHead();
    private final Fingerprint fingerprint = new Fingerprint();
    private final Map<Bytes, Known> byTenant = new HashMap<>();
    /** Those that can be recognised, by the lower half of their fingerprint. */
    private final Long2ObjectHashMap<Known> byPrint = new Long2ObjectHashMap<>();

    private boolean readable;
    private boolean checked;
    /** Readings of own readiness that hold have this number. */
    private int reading = 1;

    /** A tenant, what it showed last, and where it stands in the journal. */
    private static final class Known {
        final Bytes tenant;
        byte[] state;

        /** Where it is settled; null: it is not. What is asked for every record stands here, and not behind further references. */
        @Nullable
        Watched settled;

        int view;
        long deadline;
        boolean hasRoom;
        int ownRead;
        long high;
        long low;
        boolean printed;
        long entry = NOWHERE;

        Known(Bytes tenant, byte[] state) {
            this.tenant = tenant;
            this.state = state;
        }
    }

    /**
     * @param tenants in memory: what it gives is what it was given, and what it keeps
     * @param sights keeps where tenants were seen; null: nothing outlives the process
     */
    Sightings(KeyValueStore<Bytes, byte[]> tenants, LogCodec codec, @Nullable KeyValueStore<Bytes, byte[]> sights) {
        this.tenants = tenants;
        this.codec = codec;
        this.journal = sights == null ? null : new SightJournal<>(sights);
        try (KeyValueIterator<Bytes, byte[]> all = tenants.all()) {
            // What an older build wrote stays in the store until the tenant is written: here it has room for sights.
            all.forEachRemaining(
                    each -> byTenant.put(each.key, new Known(each.key, StreamsMemory.TENANT.renewed(each.value))));
        }
        if (journal != null) {
            journal.restore((entry, tenant, sight) -> {
                Known known = byTenant.get(tenant);
                if (known != null
                        && isNewer(sight.sight(), known.state)
                        && TenantSerde.see(known.state, sight.sight())) {
                    known.entry = entry;
                }
                return known;
            });
        }
    }

    /** Sees what is remembered of each tenant. */
    void each(BiConsumer<Bytes, byte[]> visitor) {
        byTenant.forEach((tenant, known) -> visitor.accept(tenant, known.state));
    }

    /** What is remembered of a tenant, with where it was seen; null: nothing. */
    byte @Nullable [] state(Bytes tenant) {
        Known known = byTenant.get(tenant);
        return known == null ? null : known.state;
    }

    private static boolean isNewer(TenantSerde.Sight sight, byte[] state) {
        TenantSerde.Sight known = TenantSerde.sight(state);
        return known != null
                && (known.epoch() < sight.epoch()
                        || (known.epoch() == sight.epoch() && known.sequence() < sight.sequence()));
    }

    /** Takes a record, if it shows only that a tenant is as it was; false: it must be read. */
    boolean isTaken(Record<byte[], byte[]> record) {
        readable = record.value() != null
                && record.key() != null
                && codec.readHead(record.value(), head)
                && fingerprint.take(record.key(), head);
        Known known = readable ? byPrint.get(fingerprint.low()) : null;
        if (known == null || known.settled == null || known.high != fingerprint.high()) {
            return false;
        }
        long epoch = head.epoch();
        long sequence = head.sequence();
        int length = head.versionLength();
        if (!known.hasRoom
                || length > TenantSerde.OBJECT_VERSION_ROOM
                || !known.settled.isSeenAgain(known.view, known.deadline, epoch, sequence, record.timestamp())) {
            return false;
        }
        Sight sight = new Sight(epoch, sequence, record.timestamp(), head.record(), head.versionAt(), length);
        TenantSerde.see(known.state, sight);
        if (journal != null) {
            known.entry = journal.current();
            journal.add(known, record.key(), sight);
        }
        return true;
    }

    /** The detector has taken a record that {@link #isTaken} had just let pass. */
    void read(Record<byte[], byte[]> record, Observation.OfTenant news, Detector detector) {
        Settled settled = readable ? detector.settled(news) : null;
        if (settled == null) {
            return;
        }
        Bytes tenant = StreamsMemory.key(news.tenant().key());
        Known known = byTenant.get(tenant);
        if (known != null && Arrays.equals(tenant.get(), record.key())) {
            known.settled = settled.cluster();
            known.view = settled.view();
            known.deadline = settled.deadline();
            known.hasRoom = TenantSerde.hasRoom(known.state);
            if (!known.printed || known.low != fingerprint.low()) {
                forgetPrint(known);
                known.low = fingerprint.low();
                known.printed = true;
                byPrint.put(known.low, known);
            }
            known.high = fingerprint.high();
        }
    }

    private void forgetPrint(Known known) {
        // Another one may stand there by now.
        if (known.printed && byPrint.get(known.low) == known) {
            byPrint.remove(known.low);
        }
    }

    /** Something that a tenant is judged by has changed. */
    void changed(Bytes tenant) {
        Known known = byTenant.get(tenant);
        if (known != null) {
            known.settled = null;
            known.ownRead = 0;
        }
    }

    /** The readiness of a tenant has been read from its resources. */
    void ownRead(Bytes tenant) {
        Known known = byTenant.get(tenant);
        if (known != null) {
            known.ownRead = reading;
        }
    }

    /** Whether it was, and nothing has changed since. */
    boolean isOwnRead(Bytes tenant) {
        Known known = byTenant.get(tenant);
        return known != null && known.ownRead == reading;
    }

    /** No reading holds any longer. */
    void forgetOwnRead() {
        reading++;
    }

    /** What is remembered of a tenant was written: it says where the tenant was seen. */
    void written(Bytes tenant, byte[] state) {
        if (!checked && tenants.get(tenant) != state) {
            throw new IllegalStateException("the store " + Stores.TENANTS + " keeps copies of what it is given");
        }
        checked = true;
        Known known = byTenant.computeIfAbsent(tenant, any -> new Known(tenant, state));
        known.settled = null;
        known.state = state;
        known.entry = NOWHERE;
    }

    void forgotten(Bytes tenant) {
        Known known = byTenant.remove(tenant);
        if (known != null) {
            known.settled = null;
            known.entry = NOWHERE;
            forgetPrint(known);
        }
    }

    /** Writes what has been moved since the last call. */
    void flush() {
        SightJournal<Known> kept = journal;
        if (kept == null) {
            return;
        }
        kept.write();
        kept.shrink(byTenant.size() * BYTES_PER_TENANT, (entry, known) -> {
            if (known.entry == entry) {
                known.entry = kept.current();
                kept.add(known, known.tenant.get(), Objects.requireNonNull(TenantSerde.sight(known.state)));
            }
        });
    }
}
