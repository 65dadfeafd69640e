package io.tenantpulse.topology;

import io.tenantpulse.topology.serde.TenantHead;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.security.SecureRandom;
import java.util.Arrays;

/**
 * 128 bits of what a tenant's record says beside its stamps, and of its key. Two records that say something else have the same with a
 * probability of less than 2⁻⁶², whatever they are and whoever made them, for the key is drawn anew in every process (NH, the
 * universal hash of UMAC, RFC 4418). Used again for the next record; of one thread.
 */
final class Fingerprint {
    /** A longer record is not recognised. */
    static final int LONGEST = 8 << 10;

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final int STEP = 2 * Long.BYTES;

    private final long[] key =
            new SecureRandom().longs(LONGEST / Long.BYTES + 5).toArray();
    private final byte[] message = new byte[LONGEST + 5 * Long.BYTES];
    private long high;
    private long low;

    /** @return false: the record is too long */
    boolean take(byte[] recordKey, TenantHead head) {
        byte[] record = head.record();
        if (recordKey.length + record.length > LONGEST) {
            return false;
        }
        int first = head.beforePosition();
        int second = head.beforeVersion() - head.afterPosition();
        int third = record.length - head.afterVersion();
        // Where one part ends and the next begins is said, too.
        LONGS.set(message, 0, (long) first << Integer.SIZE | second);
        LONGS.set(message, Long.BYTES, (long) third << Integer.SIZE | recordKey.length);
        int at = STEP;
        System.arraycopy(recordKey, 0, message, at, recordKey.length);
        at += recordKey.length;
        System.arraycopy(record, 0, message, at, first);
        at += first;
        System.arraycopy(record, head.afterPosition(), message, at, second);
        at += second;
        System.arraycopy(record, head.afterVersion(), message, at, third);
        at += third;
        int end = (at + STEP - 1) / STEP * STEP;
        Arrays.fill(message, at, end, (byte) 0);
        sum(end);
        return true;
    }

    private void sum(int end) {
        long upper = 0;
        long lower = 0;
        for (int i = 0, word = 0; i < end; i += STEP, word += 2) {
            long a = (long) LONGS.get(message, i) + key[word];
            long b = (long) LONGS.get(message, i + Long.BYTES) + key[word + 1];
            long product = a * b;
            lower += product;
            // Java 17 multiplies signed only.
            upper += Math.multiplyHigh(a, b) + ((a >> 63) & b) + ((b >> 63) & a);
            upper += Long.compareUnsigned(lower, product) < 0 ? 1 : 0;
        }
        high = upper;
        low = lower;
    }

    long high() {
        return high;
    }

    long low() {
        return low;
    }
}
