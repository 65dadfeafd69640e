package io.tenantpulse.topology;

import io.tenantpulse.detect.Detector;
import io.tenantpulse.detect.Observation;
import io.tenantpulse.detect.Settled;
import io.tenantpulse.topology.serde.LogCodec;
import io.tenantpulse.topology.serde.TenantHead;
import io.tenantpulse.topology.serde.TenantSerde;
import io.tenantpulse.topology.serde.TenantSerde.Sight;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Objects;
import org.agrona.collections.Long2ObjectHashMap;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.api.Record;
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
    private static final Comparator<Sight> BY_POSITION =
            Comparator.comparingLong(Sight::epoch).thenComparingLong(Sight::sequence);

    /** Of a key and a sight, roughly. */
    private static final long BYTES_PER_TENANT = 64;

    private final TenantTable tenants;
    private final LogCodec codec;
    private final @Nullable SightJournal<KnownTenant> journal;
    private final TenantHead head = new TenantHead();
    private final Fingerprint fingerprint = new Fingerprint();
    /** Those that can be recognised, by the lower half of their fingerprint. */
    private final Long2ObjectHashMap<KnownTenant> byPrint = new Long2ObjectHashMap<>();

    private boolean readable;
    /** Readings of own readiness that hold have this number. */
    private int reading = 1;

    /**
     * @param sights keeps where tenants were seen; null: nothing outlives the process
     */
    Sightings(TenantTable tenants, LogCodec codec, @Nullable KeyValueStore<Bytes, byte[]> sights) {
        this.tenants = tenants;
        this.codec = codec;
        this.journal = sights == null ? null : new SightJournal<>(sights);
        tenants.begin();
        if (journal != null) {
            journal.restore((entry, tenant, sight) -> {
                KnownTenant known = tenants.row(tenant);
                if (known != null) {
                    restore(known, entry, sight.sight());
                }
                return known;
            });
        }
    }

    /**
     * A sight counts where it is later than what is remembered. What says the very same has it from this entry, if the task was
     * suspended; but a frame from memory moves the resourceVersion of what it shows, and not its position: that stays.
     */
    private static void restore(KnownTenant known, long entry, Sight sight) {
        Sight before = known.sight();
        if (before == null) {
            return;
        }
        int order = BY_POSITION.compare(sight, before);
        if (order > 0 ? known.see(sight) : order == 0 && sight.isSame(before)) {
            known.entry = entry;
        }
    }

    /** Takes a record, if it shows only that a tenant is as it was; false: it must be read. */
    boolean isTaken(Record<byte[], byte[]> record) {
        readable = record.value() != null
                && record.key() != null
                && codec.readHead(record.value(), head)
                && fingerprint.take(record.key(), head);
        KnownTenant known = readable ? byPrint.get(fingerprint.low()) : null;
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
        known.see(sight);
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
        KnownTenant known = tenants.row(tenant);
        if (known != null && Arrays.equals(tenant.get(), record.key())) {
            known.settled = settled.cluster();
            known.view = settled.view();
            known.deadline = settled.deadline();
            known.hasRoom = known.hasRoomToSee();
            if (!known.printed || known.low != fingerprint.low()) {
                forgetPrint(known);
                known.low = fingerprint.low();
                known.printed = true;
                byPrint.put(known.low, known);
            }
            known.high = fingerprint.high();
        }
    }

    private void forgetPrint(KnownTenant known) {
        // Another one may stand there by now.
        if (known.printed && byPrint.get(known.low) == known) {
            byPrint.remove(known.low);
        }
    }

    /** Something that a tenant is judged by has changed. */
    void changed(Bytes tenant) {
        KnownTenant known = tenants.row(tenant);
        if (known != null) {
            known.settled = null;
            known.ownRead = 0;
        }
    }

    /** The readiness of a tenant has been read from its resources. */
    void ownRead(Bytes tenant) {
        KnownTenant known = tenants.row(tenant);
        if (known != null) {
            known.ownRead = reading;
        }
    }

    /** Whether it was, and nothing has changed since. */
    boolean isOwnRead(Bytes tenant) {
        KnownTenant known = tenants.row(tenant);
        return known != null && known.ownRead == reading;
    }

    /** No reading holds any longer. */
    void forgetOwnRead() {
        reading++;
    }

    /** What is remembered of a tenant was written: it says where the tenant was seen. */
    void written(Bytes tenant) {
        KnownTenant known = Objects.requireNonNull(tenants.row(tenant), "written, but not there");
        known.settled = null;
        known.entry = KnownTenant.NOWHERE;
    }

    /** A tenant is to be forgotten. */
    void forgotten(Bytes tenant) {
        KnownTenant known = tenants.row(tenant);
        if (known != null) {
            known.settled = null;
            known.entry = KnownTenant.NOWHERE;
            forgetPrint(known);
        }
    }

    /** Writes what has been moved since the last call. */
    void flush() {
        SightJournal<KnownTenant> kept = journal;
        if (kept == null) {
            return;
        }
        kept.write();
        kept.shrink(tenants.approximateNumEntries() * BYTES_PER_TENANT, (entry, known) -> {
            if (known.entry == entry) {
                known.entry = kept.current();
                kept.add(known, known.bytes(), Objects.requireNonNull(known.sight()));
            }
        });
    }
}
