package io.tenantpulse.topology;

import io.tenantpulse.detect.Detector;
import io.tenantpulse.detect.Observation;
import io.tenantpulse.detect.Position;
import io.tenantpulse.detect.Settled;
import io.tenantpulse.topology.serde.LogCodec;
import io.tenantpulse.topology.serde.TenantHead;
import io.tenantpulse.topology.serde.TenantSerde;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
    /** Of a key and a sight, roughly. */
    private static final long BYTES_PER_TENANT = 64;

    private static final long NOWHERE = -1;

    private final KeyValueStore<Bytes, byte[]> tenants;
    private final LogCodec codec;
    private final @Nullable SightJournal journal;
    private final TenantHead head = new TenantHead();
    private final Fingerprint fingerprint = new Fingerprint();
    private final Map<Bytes, Known> byTenant = new HashMap<>();
    private final List<Known> unwritten = new ArrayList<>();
    private boolean readable;
    private boolean checked;
    /** Readings of own readiness that hold have this number. */
    private int reading = 1;

    /** A tenant, what it showed last, and where it stands in the journal. */
    private static final class Known {
        final Bytes tenant;
        byte[] state;

        @Nullable
        Settled settled;

        int ownRead;
        long high;
        long low;
        boolean unwritten;
        long entry = NOWHERE;

        Known(Bytes tenant, byte[] state) {
            this.tenant = tenant;
            this.state = state;
        }
    }

    /**
     * @param tenants in memory: what it gives is what it was given, and what it keeps
     * @param journal null: nothing outlives the process
     */
    Sightings(KeyValueStore<Bytes, byte[]> tenants, LogCodec codec, @Nullable SightJournal journal) {
        this.tenants = tenants;
        this.codec = codec;
        this.journal = journal;
        if (journal != null) {
            journal.restore((entry, tenant, sight) -> {
                byte[] state = tenants.get(tenant);
                if (state != null && isNewer(sight.sight(), state) && TenantSerde.see(state, sight.sight())) {
                    known(tenant, state).entry = entry;
                }
            });
        }
    }

    private static boolean isNewer(TenantSerde.Sight sight, byte[] state) {
        TenantSerde.Sight known = TenantSerde.sight(state);
        return known != null
                && (known.epoch() < sight.epoch()
                        || (known.epoch() == sight.epoch() && known.sequence() < sight.sequence()));
    }

    private Known known(Bytes tenant, byte[] state) {
        return byTenant.computeIfAbsent(tenant, any -> new Known(tenant, state));
    }

    /** Takes a record, if it shows only that a tenant is as it was; false: it must be read. */
    boolean isTaken(Record<byte[], byte[]> record, Detector detector) {
        readable = record.value() != null
                && record.key() != null
                && codec.readHead(record.value(), head)
                && fingerprint.take(head);
        Known known = readable ? byTenant.get(Bytes.wrap(record.key())) : null;
        if (known == null
                || known.settled == null
                || known.low != fingerprint.low()
                || known.high != fingerprint.high()) {
            return false;
        }
        TenantSerde.Sight sight = new TenantSerde.Sight(
                head.epoch(),
                head.sequence(),
                record.timestamp(),
                head.record(),
                head.versionAt(),
                head.versionLength());
        Position position = new Position(head.epoch(), head.sequence());
        if (!TenantSerde.fits(known.state, sight)
                || !detector.isSeenAgain(known.settled, position, Instant.ofEpochMilli(record.timestamp()))) {
            return false;
        }
        TenantSerde.see(known.state, sight);
        if (journal != null && !known.unwritten) {
            known.unwritten = true;
            unwritten.add(known);
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
            known.settled = settled;
            known.high = fingerprint.high();
            known.low = fingerprint.low();
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
        Known known = known(tenant, state);
        known.settled = null;
        known.state = state;
        known.unwritten = false;
        known.entry = NOWHERE;
    }

    void forgotten(Bytes tenant) {
        byTenant.remove(tenant);
    }

    /** Writes what has been moved since the last call. */
    void flush() {
        SightJournal kept = journal;
        if (kept == null || unwritten.isEmpty()) {
            return;
        }
        for (Known known : unwritten) {
            if (known.unwritten && byTenant.get(known.tenant) == known) {
                known.unwritten = false;
                known.entry = kept.current();
                kept.add(known.tenant, known.state);
            }
        }
        unwritten.clear();
        kept.write();
        kept.shrink(byTenant.size() * BYTES_PER_TENANT, (entry, tenant, sight) -> {
            Known known = byTenant.get(tenant);
            if (known != null && known.entry == entry) {
                known.entry = kept.current();
                kept.add(known.tenant, known.state);
            }
        });
    }
}
