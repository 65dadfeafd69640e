package io.tenantpulse.topology;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Room for many small pieces of bytes in a few large arrays: a collector that had to look at each of a million pieces, and to
 * move it, took more of a restart than the reading. What is given back is used again for pieces of about its length only: where
 * all pieces grow, as when a whole fleet breaks, their owner has to move them. Of one thread at a time.
 */
final class Pages {
    private static final int STEP = 32;
    private static final int FIRST = 16 << 10;
    /** With its header not above a region of the JDK's G1 collector. */
    private static final int LARGEST = (1 << 20) - STEP;
    /** A longer piece has an array of its own. */
    private static final int LONGEST = 32 << 10;

    private static final long LEAST_UNUSED = 8L << 20;

    private final Map<Integer, Deque<Room>> free = new HashMap<>();
    private byte[] page = {};
    private int end;
    private long taken;
    private long unused;

    /** A piece of an array: {@code length} bytes from {@code at} on. */
    record Room(byte[] page, int at, int length) {}

    /** Room for so many bytes, or for a few more; what it holds is not defined. */
    Room take(int bytes) {
        int length = (bytes + STEP - 1) / STEP * STEP;
        if (length > LONGEST) {
            return new Room(new byte[length], 0, length);
        }
        Room used = used(length);
        if (used != null) {
            return used;
        }
        if (page.length - end < length) {
            if (end < page.length) {
                giveBack(new Room(page, end, page.length - end));
            }
            // The more there is, the larger: a small fleet needs little, and the pages of a large one are few.
            page = new byte[(int) Math.max(length, Math.min(LARGEST, FIRST + taken / 4 / STEP * STEP))];
            end = 0;
            taken += page.length;
        }
        Room room = new Room(page, end, length);
        end += length;
        return room;
    }

    private @Nullable Room used(int length) {
        if (free.isEmpty()) {
            return null;
        }
        for (int each = length; each <= length + length / 4; each += STEP) {
            Deque<Room> rooms = free.get(each);
            if (rooms != null) {
                Room room = rooms.pop();
                unused -= room.length;
                if (rooms.isEmpty()) {
                    free.remove(each);
                }
                return room;
            }
        }
        return null;
    }

    /** Nobody needs that room any more. */
    void giveBack(Room room) {
        if (room.length <= LONGEST) {
            unused += room.length;
            free.computeIfAbsent(room.length, any -> new ArrayDeque<>()).push(room);
        }
    }

    /** Whether most of it was given back, so that it pays to move the rest into new pages. */
    boolean isMostlyUnused() {
        return unused > LEAST_UNUSED && unused > taken / 2;
    }

    /** How many bytes the pages have, used or not. */
    long taken() {
        return taken;
    }
}
