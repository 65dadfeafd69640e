package io.tenantpulse.topology;

import io.tenantpulse.detect.Position;
import io.tenantpulse.detect.TenantState;
import io.tenantpulse.detect.Watched;
import io.tenantpulse.topology.serde.TenantSerde;
import io.tenantpulse.topology.serde.TenantSerde.Sight;
import java.time.Instant;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A row of {@link TenantTable}: a tenant, and what {@link Sightings} knows of it. What is asked for every record stands here,
 * and not behind further references; the bytes of its state stand in a page behind those of its key.
 */
final class KnownTenant extends TenantKey {
    static final long NOWHERE = -1;

    private static final TenantSerde STATE = StreamsMemory.TENANT;
    private static final byte[] GONE = {};
    /** What is first known of a tenant is by less than a sixteenth less than what is known of it soon after. */
    private static final int SPARE = 16;

    private int roomLength;
    private int stateLength;

    /** Of the bytes that it has now, changed where they are written anew. */
    int version;

    /** Where it is settled; null: it is not. */
    @Nullable
    Watched settled;

    int view;
    long deadline;
    boolean hasRoom;
    int ownRead;
    /** Of the record by which it was settled, if {@link #printed}. */
    long high;

    long low;
    boolean printed;
    /** In the journal; {@link #NOWHERE}: its state says where it was seen. */
    long entry = NOWHERE;

    private KnownTenant(TenantKey key, Pages.Room room) {
        super(key, room.page(), room.at());
        this.roomLength = room.length();
    }

    static KnownTenant of(TenantKey key, byte[] state, Pages pages) {
        int needed = key.keyLength + state.length;
        Pages.Room room = pages.take(needed + needed / SPARE);
        System.arraycopy(key.page, key.at, room.page(), room.at(), key.keyLength);
        KnownTenant row = new KnownTenant(key, room);
        row.keep(state);
        return row;
    }

    private void keep(byte[] state) {
        System.arraycopy(state, 0, page, stateAt(), state.length);
        stateLength = state.length;
        version++;
    }

    /** Keeps another state. */
    void keep(byte[] state, Pages pages) {
        int needed = keyLength + state.length;
        if (needed > roomLength || needed < roomLength / 2) {
            Pages.Room before = new Pages.Room(page, at, roomLength);
            move(pages.take(needed), keyLength);
            pages.giveBack(before);
        }
        keep(state);
    }

    /** Goes to other pages as it is; nobody needs its room in the former ones. */
    void move(Pages to) {
        int length = keyLength + stateLength;
        move(to.take(length + length / SPARE), length);
    }

    private void move(Pages.Room room, int length) {
        System.arraycopy(page, at, room.page(), room.at(), length);
        page = room.page();
        at = room.at();
        roomLength = room.length();
    }

    /** It is taken away: it has neither key nor state any more. */
    void leave(Pages pages) {
        pages.giveBack(new Pages.Room(page, at, roomLength));
        page = GONE;
    }

    boolean isThere() {
        return page != GONE;
    }

    private int stateAt() {
        return at + keyLength;
    }

    private int stateEnd() {
        return stateAt() + stateLength;
    }

    /** A copy of the bytes of its state. */
    byte[] stateBytes() {
        return Arrays.copyOfRange(page, stateAt(), stateEnd());
    }

    TenantState state() {
        return STATE.toState(page, stateAt(), stateEnd());
    }

    /** See {@link TenantSerde#renewed}. */
    byte @Nullable [] renewed() {
        return STATE.renewed(page, stateAt(), stateEnd());
    }

    @Nullable
    Instant due() {
        return STATE.deadline(page, stateAt(), stateEnd());
    }

    @Nullable
    Instant look() {
        return STATE.look(page, stateAt(), stateEnd());
    }

    boolean isFiring() {
        return STATE.isFiring(page, stateAt(), stateEnd());
    }

    boolean isTold() {
        return STATE.isTold(page, stateAt(), stateEnd());
    }

    boolean hasRoomToSee() {
        return TenantSerde.hasRoom(page, stateAt());
    }

    boolean see(Sight sight) {
        return TenantSerde.see(page, stateAt(), sight);
    }

    boolean isSeenAt(Position position) {
        return TenantSerde.isSeenAt(page, stateAt(), position);
    }

    @Nullable
    Sight sight() {
        return TenantSerde.sight(page, stateAt());
    }

    /** Nothing is known but its state: a task that was suspended goes on with the same rows, but knows no record of before. */
    void begin() {
        settled = null;
        ownRead = 0;
        printed = false;
        entry = NOWHERE;
    }
}
