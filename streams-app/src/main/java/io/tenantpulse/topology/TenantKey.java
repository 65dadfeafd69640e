package io.tenantpulse.topology;

import java.util.Arrays;
import org.apache.kafka.common.utils.Bytes;
import org.jspecify.annotations.Nullable;

/** A tenant's key in a larger array. Two are equal that have the same bytes. */
class TenantKey implements Comparable<TenantKey> {
    /** Holds the key from {@link #at} on. */
    byte[] page;

    int at;
    final int keyLength;
    private final int hash;

    /** Of a whole array. */
    TenantKey(Bytes key) {
        this(key.get(), 0, key.get().length, mixed(key.hashCode()));
    }

    private TenantKey(byte[] page, int at, int keyLength, int hash) {
        this.page = page;
        this.at = at;
        this.keyLength = keyLength;
        this.hash = hash;
    }

    /** The same key in another array. */
    TenantKey(TenantKey same, byte[] page, int at) {
        this(page, at, same.keyLength, same.hash);
    }

    /** The hash of an array tells neighbours apart in its last bits only. */
    private static int mixed(int hash) {
        int mixed = (hash ^ hash >>> 16) * 0x85ebca6b;
        return mixed ^ mixed >>> 13;
    }

    final byte[] bytes() {
        return Arrays.copyOfRange(page, at, at + keyLength);
    }

    final Bytes key() {
        return Bytes.wrap(bytes());
    }

    final boolean startsWith(byte[] prefix) {
        return keyLength >= prefix.length && Arrays.equals(page, at, at + prefix.length, prefix, 0, prefix.length);
    }

    @Override
    public final int compareTo(TenantKey other) {
        return Arrays.compareUnsigned(page, at, at + keyLength, other.page, other.at, other.at + other.keyLength);
    }

    @Override
    public final boolean equals(@Nullable Object other) {
        return other instanceof TenantKey key
                && hash == key.hash
                && Arrays.equals(page, at, at + keyLength, key.page, key.at, key.at + key.keyLength);
    }

    @Override
    public final int hashCode() {
        return hash;
    }
}
