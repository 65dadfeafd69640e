package io.tenantpulse.detect;

import org.jspecify.annotations.Nullable;

/** A cluster as the detector of a partition has it in hand: what is remembered of it, and up to where its log was taken. */
public final class Watched {
    private ClusterState state;
    private long epoch;
    private long sequence;
    private @Nullable ClusterState written;
    private final Runnable onView;
    private int views;

    /**
     * A cluster that is not remembered yet.
     *
     * @param onView called when what tenants are judged by has changed
     */
    Watched(ClusterState fresh, Runnable onView) {
        this.onView = onView;
        this.state = fresh;
        this.epoch = fresh.last().epoch();
        this.sequence = fresh.last().sequence();
    }

    /** A cluster that is. */
    static Watched remembered(ClusterState state, Runnable onView) {
        Watched watched = new Watched(state, onView);
        watched.written = state;
        return watched;
    }

    /** All but its position, which every record moves: {@link #last}. */
    ClusterState state() {
        return state;
    }

    /** The newest record that was taken. */
    Position last() {
        return new Position(epoch, sequence);
    }

    /**
     * Takes the next record of the cluster, if it can be taken without a look at it: it says of a tenant, but for the
     * position, the instant and the resourceVersion, what the record said after which it was {@link Settled}.
     *
     * @param view and
     * @param deadline as they were then
     * @param observedAt in milliseconds
     * @return false: it was not taken, and {@link Detector#on} is to be asked. True: it was, and all that is to be remembered
     *     is where the tenant was seen
     */
    public boolean isSeenAgain(int view, long deadline, long newEpoch, long newSequence, long observedAt) {
        boolean again = view == views && newEpoch == epoch && sequence < newSequence && observedAt <= deadline;
        if (again) {
            sequence = newSequence;
        }
        return again;
    }

    void at(long newEpoch, long newSequence) {
        if (newEpoch != epoch) {
            changeView();
        }
        epoch = newEpoch;
        sequence = newSequence;
    }

    void become(ClusterState now) {
        if (!now.isJudgedAs(state)) {
            changeView();
        }
        state = now;
    }

    private void changeView() {
        views++;
        onView.run();
    }

    /** Another number whenever what tenants are judged by has changed. */
    int view() {
        return views;
    }

    /** As it was put into memory last; null: never. */
    @Nullable
    ClusterState written() {
        return written;
    }

    /** As it is to be put into memory. */
    ClusterState write() {
        ClusterState now = state.at(last());
        written = now;
        return now;
    }
}
