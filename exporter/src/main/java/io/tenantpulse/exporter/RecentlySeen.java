package io.tenantpulse.exporter;

import java.util.Arrays;

/**
 * Remembers, by hash, which (uid, resourceVersion) were seen lately: a watch and its successor overlap, and each state counts
 * once. Bounded: two generations, the older one is dropped when the younger is full.
 */
final class RecentlySeen {
    private static final int PLACES = 1 << 16;
    private static final int FULL = PLACES / 2;
    private static final int FIRST = 1 << 10;

    private long[] young = new long[FIRST];
    private long[] old = new long[FIRST];
    private int count;

    /**
     * Whether it was there before; it is from now on.
     *
     * @param list number of the last list: a version counts as new after another one, for an API server that was restored
     *     from a backup gives the same versions once more
     */
    boolean add(String uid, String resourceVersion, int list, boolean deleted) {
        long hash = hash(uid, resourceVersion, 2L * list + (deleted ? 1 : 2));
        if (contains(young, hash)) {
            return true;
        }
        boolean before = contains(old, hash);
        put(young, hash);
        if (++count * 2 > young.length) {
            grow();
        }
        return before;
    }

    private void grow() {
        if (count >= FULL) {
            long[] emptied = old.length == PLACES ? old : new long[PLACES];
            Arrays.fill(emptied, 0);
            old = young;
            young = emptied;
            count = 0;
            return;
        }
        long[] larger = new long[young.length * 2];
        for (long each : young) {
            if (each != 0) {
                put(larger, each);
            }
        }
        young = larger;
    }

    private static boolean contains(long[] set, long hash) {
        int mask = set.length - 1;
        for (int place = (int) hash & mask; set[place] != 0; place = place + 1 & mask) {
            if (set[place] == hash) {
                return true;
            }
        }
        return false;
    }

    private static void put(long[] set, long hash) {
        int mask = set.length - 1;
        int place = (int) hash & mask;
        while (set[place] != 0) {
            place = place + 1 & mask;
        }
        set[place] = hash;
    }

    /** A version is of the whole cluster, so hardly two objects have the same: of the uid the string's own hash is enough. */
    private static long hash(String uid, String resourceVersion, long seed) {
        long hash = mix(mix(seed, uid.hashCode()), resourceVersion.length());
        for (int i = 0; i < resourceVersion.length(); i++) {
            hash = mix(hash, resourceVersion.charAt(i));
        }
        hash ^= hash >>> 32;
        return hash == 0 ? 1 : hash;
    }

    private static long mix(long hash, long more) {
        long mixed = (hash ^ more) * 0x9E3779B97F4A7C15L;
        return mixed ^ mixed >>> 29;
    }
}
