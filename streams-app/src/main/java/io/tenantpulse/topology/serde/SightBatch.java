package io.tenantpulse.topology.serde;

import io.tenantpulse.topology.serde.TenantSerde.Sight;
import java.util.Arrays;

/** Where many tenants were seen, as bytes: one of format version, then key and sight of each. Used again after each; of one thread. */
public final class SightBatch {
    private static final byte VERSION = 1;

    private StateWriter out = new StateWriter();

    /** Adds a tenant, by its key. */
    public void add(byte[] tenant, Sight sight) {
        if (out.size() == 0) {
            out.octet(VERSION);
        }
        out.bytes(tenant, 0, tenant.length);
        out.number(sight.epoch());
        out.number(sight.sequence());
        out.number(sight.at());
        out.bytes(sight.text(), sight.from(), sight.length());
    }

    /** How many bytes there are. */
    public int size() {
        return out.size();
    }

    /** The bytes, and an empty batch. */
    public byte[] take() {
        byte[] bytes = out.toBytes();
        out = new StateWriter();
        return bytes;
    }

    /** Reads a batch. */
    public static final class Reader {
        private final StateReader in;
        private final byte[] bytes;
        private byte[] tenant = {};
        private Sight sight = new Sight(0, 0, 0, tenant, 0, 0);

        /** @throws IllegalStateException if the bytes are of a version that this code does not know */
        public Reader(byte[] bytes) {
            if (bytes.length == 0 || bytes[0] != VERSION) {
                throw new IllegalStateException("where tenants were seen is kept in format version "
                        + (bytes.length == 0 ? "none" : bytes[0])
                        + ", which this version of Tenant Pulse does not know;"
                        + " run the version that wrote it, or reset the application and read the log anew");
            }
            this.bytes = bytes;
            this.in = new StateReader(bytes, 1);
        }

        /** Goes to the next tenant; false: there is none. */
        public boolean next() {
            if (in.isAtEnd()) {
                return false;
            }
            int length = in.count();
            int from = in.skip(length);
            tenant = Arrays.copyOfRange(bytes, from, from + length);
            long epoch = in.number();
            long sequence = in.number();
            long at = in.number();
            int text = in.count();
            sight = new Sight(epoch, sequence, at, bytes, in.skip(text), text);
            return true;
        }

        /** Its key. */
        public byte[] tenant() {
            return tenant;
        }

        /** Where it was seen. */
        public Sight sight() {
            return sight;
        }
    }
}
