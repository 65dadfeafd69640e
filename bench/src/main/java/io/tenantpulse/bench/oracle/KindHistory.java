package io.tenantpulse.bench.oracle;

import io.tenantpulse.v1.ClusterMark;
import io.tenantpulse.v1.KindCoverage;
import io.tenantpulse.v1.KindState;
import io.tenantpulse.v1.MarkType;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How well one kind of a cluster could be seen at every place of the log. */
final class KindHistory {
    private final Era era;
    private final String kind;
    private final boolean[] live;
    private final @Nullable Instant[] covered;
    private final int[] frame;
    private final boolean[] settled;
    private final boolean[] hidden;
    private final boolean[] open;
    private final List<Unseen> unseen = new ArrayList<>();
    private boolean known;
    private @Nullable Instant openFrom;
    private @Nullable Instant openTo;
    private final List<Break> breaks = new ArrayList<>();

    /**
     * A stretch that was not seen, with which a list follows.
     *
     * @param index where the log says so
     * @param from the last watermark that covered the kind; null: none ever did
     * @param to when it was read again; null: when its next frame begins
     */
    record Break(
            int index, @Nullable Instant from, @Nullable Instant to, boolean resumed) {}

    /**
     * A stretch that was not seen and is over, for a list has been read behind it.
     *
     * @param index where that list ends
     * @param from the last watermark before that covered the kind; null: none ever did
     */
    record Unseen(int index, @Nullable Instant from, Instant to) {}

    KindHistory(Era era, String kind) {
        this.era = era;
        this.kind = kind;
        this.live = new boolean[era.size() + 1];
        this.covered = new Instant[era.size() + 1];
        this.frame = new int[era.size() + 1];
        this.settled = new boolean[era.size() + 1];
        this.hidden = new boolean[era.size() + 1];
        this.open = new boolean[era.size() + 1];
        frame[0] = -1;
        for (int i = 0; i < era.size(); i++) {
            read(i);
        }
    }

    private void read(int i) {
        live[i + 1] = live[i];
        covered[i + 1] = covered[i];
        frame[i + 1] = frame[i];
        settled[i + 1] = settled[i];
        hidden[i + 1] = hidden[i];
        open[i + 1] = open[i];
        if (era.beginsEpoch(i)) {
            breaks.add(new Break(i, covered[i], null, false));
            frame[i + 1] = -1;
            lost(i, covered[i], null, false);
        }
        if (!era.at(i).isMark()) {
            return;
        }
        ClusterMark mark = era.mark(i);
        if (mark.getType() == MarkType.WATERMARK) {
            watermark(i, mark);
        } else if (mark.getType() == MarkType.GAP && mark.getKinds().contains(kind)) {
            breaks.add(new Break(i, mark.getFrom(), mark.getTo(), mark.getResumed()));
            known = true;
            lost(i, mark.getFrom(), mark.getTo(), mark.getResumed());
        } else if (mark.getType() == MarkType.SYNC_BEGIN && kind.equals(mark.getKind())) {
            known = true;
            frame[i + 1] = i;
            if (!mark.getFromMemory() && openTo == null) {
                openTo = era.at(i).observedAt();
            }
        } else if (mark.getType() == MarkType.SYNC_END && kind.equals(mark.getKind())) {
            frameEnds(i);
        }
    }

    private void lost(int i, @Nullable Instant from, @Nullable Instant to, boolean resumed) {
        live[i + 1] = false;
        hidden[i + 1] = known;
        if (!resumed && known) {
            openFrom = open[i] ? openFrom : from;
            openTo = to;
            open[i + 1] = true;
        }
    }

    private void watermark(int i, ClusterMark mark) {
        KindState state = stateIn(mark);
        live[i + 1] = state == KindState.LIVE;
        covered[i + 1] = live[i + 1] ? mark.getWatermark() : covered[i];
        // What was never seen and may not be seen is no worse than unknown
        boolean unseen = state == KindState.BLIND || (state != KindState.LIVE && known && settled[i]);
        hidden[i + 1] = !live[i + 1] && unseen;
        settled[i + 1] |= live[i + 1];
        known |= state != KindState.UNKNOWN;
    }

    private void frameEnds(int i) {
        boolean repeated = isRepeated(i);
        frame[i + 1] = -1;
        settled[i + 1] = true;
        if (!repeated) {
            hidden[i + 1] = false;
            if (open[i] && openTo != null) {
                unseen.add(new Unseen(i, openFrom, openTo));
            }
            open[i + 1] = false;
        }
    }

    private KindState stateIn(ClusterMark watermark) {
        for (KindCoverage each : watermark.getCoverage()) {
            if (each.getKind().equals(kind)) {
                return each.getState();
            }
        }
        return KindState.UNKNOWN;
    }

    /** Whether it was proven to be seen when an entry came. */
    boolean isLiveBefore(int index) {
        return live[index];
    }

    /** Whether this watermark covers it. */
    boolean isCoveredBy(int index) {
        return live[index + 1];
    }

    /** The last watermark before an entry that covered it. */
    @Nullable
    Instant coveredBefore(int index) {
        return covered[index];
    }

    /** Whether what was known of it could not be seen when an entry came. */
    boolean isHiddenBefore(int index) {
        return hidden[index];
    }

    /** Whether a list is still to be read, for something was not seen. */
    boolean hasOpenGapBefore(int index) {
        return open[index];
    }

    /** Whether a deadline that rests on it can be judged; what was never seen keeps none. */
    boolean isJudgeableBefore(int index) {
        return live[index] || !settled[index] && !hidden[index];
    }

    /** What was not seen and had been listed before an entry, the earliest first. */
    List<Unseen> unseenBefore(int index) {
        return unseen.stream().filter(each -> each.index() < index).toList();
    }

    /** Whether a full list of it had come to its end before an entry. */
    boolean isSettledBefore(int index) {
        return settled[index];
    }

    /** Where the frame begins that is open at an entry; negative: none is. */
    int frameAt(int index) {
        return frame[index];
    }

    /** Whether an entry stands in a frame that only repeats what was published. */
    boolean isRepeated(int index) {
        return frame[index] >= 0 && era.mark(frame[index]).getFromMemory();
    }

    /** Whether the open frame, at SYNC_END, is the one that the mark names. */
    boolean endsItsFrame(int index) {
        ClusterMark mark = era.mark(index);
        return frame[index] >= 0
                && mark.getFrame() != null
                && mark.getFrame().getEpoch() == era.at(frame[index]).epoch()
                && mark.getFrame().getSequence() == era.at(frame[index]).sequence();
    }

    /**
     * What was not seen between two entries, if a list followed: from the first such stretch's start to the last one's end.
     */
    @Nullable
    Break unseenBetween(int after, int before) {
        Break all = null;
        for (Break each : breaks) {
            if (each.index() > after && each.index() < before && !each.resumed()) {
                Instant to = each.to() == null ? nextFrame(each.index(), before) : each.to();
                all = new Break(each.index(), all == null ? each.from() : all.from(), to, false);
            }
        }
        return all;
    }

    /** Whether its watch broke between two entries, or its exporter did; that the watch went on where it was changes nothing. */
    boolean isBrokenBetween(int after, int before) {
        return breaks.stream().anyMatch(each -> each.index() > after && each.index() < before);
    }

    private Instant nextFrame(int after, int before) {
        for (int i = after; i < before; i++) {
            if (era.isMark(i, MarkType.SYNC_BEGIN)
                    && kind.equals(era.mark(i).getKind())
                    && !era.mark(i).getFromMemory()) {
                return era.at(i).observedAt();
            }
        }
        return era.at(before).observedAt();
    }
}
