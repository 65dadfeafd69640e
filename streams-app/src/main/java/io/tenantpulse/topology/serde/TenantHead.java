package io.tenantpulse.topology.serde;

/**
 * The beginning of a tenant's record as it lies in the log, read without the rest: who it is, and the three stamps (position
 * and resourceVersion) that differ where two records say the same. It knows the order of the schema's first fields and so
 * reads only what was written with the very schema that we have; a test reads records with it and with Avro. Used again for
 * the next record; of one thread.
 */
public final class TenantHead {
    static final int PREFIX_BYTES = 5;

    private static final int MORE = 0x80;

    private byte[] bytes = {};
    private int at;
    private long epoch;
    private long sequence;
    private int clusterEnd;
    private int changeAt;
    private int uidEnd;
    private int versionAt;
    private int versionEnd;

    /** @return false: these bytes are not a record */
    boolean read(byte[] record) {
        bytes = record;
        at = PREFIX_BYTES;
        try {
            skipText();
            clusterEnd = at;
            epoch = number();
            sequence = number();
            changeAt = at;
            number();
            for (int i = 0; i < 4; i++) {
                skipText(); // kind, namespace, name, uid
            }
            uidEnd = at;
            int length = textLength();
            versionAt = at;
            at += length;
            versionEnd = at;
            return true;
        } catch (ArrayIndexOutOfBoundsException e) {
            return false;
        }
    }

    private long number() {
        long value = 0;
        for (int shift = 0; ; shift += 7) {
            int next = bytes[at++];
            value |= (long) (next & (MORE - 1)) << shift;
            if ((next & MORE) == 0) {
                return (value >>> 1) ^ -(value & 1);
            }
        }
    }

    private int textLength() {
        long length = number();
        if (length < 0 || length > bytes.length - at) {
            throw new ArrayIndexOutOfBoundsException();
        }
        return (int) length;
    }

    private void skipText() {
        int length = textLength();
        at += length;
    }

    /** The whole record. */
    public byte[] record() {
        return bytes;
    }

    public long epoch() {
        return epoch;
    }

    public long sequence() {
        return sequence;
    }

    /** The bytes of the resourceVersion begin there. */
    public int versionAt() {
        return versionAt;
    }

    /** How many bytes the resourceVersion has. */
    public int versionLength() {
        return versionEnd - versionAt;
    }

    /** What stands before the position ends there. */
    public int beforePosition() {
        return clusterEnd;
    }

    /** What stands after the position begins there. */
    public int afterPosition() {
        return changeAt;
    }

    /** What stands before the resourceVersion ends there. */
    public int beforeVersion() {
        return uidEnd;
    }

    /** What stands after the resourceVersion begins there. */
    public int afterVersion() {
        return versionEnd;
    }
}
