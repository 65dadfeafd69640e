package io.tenantpulse.detect;

import org.jspecify.annotations.Nullable;

/** A cluster as the detector of a partition has it in hand: what is remembered of it, and up to where its log was taken. */
final class Watched {
    private ClusterState state;
    private Position last;
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
        this.last = fresh.last();
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
        return last;
    }

    void at(Position position) {
        if (position.epoch() != last.epoch()) {
            changeView();
        }
        last = position;
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
        ClusterState now = state.at(last);
        written = now;
        return now;
    }
}
