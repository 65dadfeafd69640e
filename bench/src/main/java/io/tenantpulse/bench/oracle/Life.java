package io.tenantpulse.bench.oracle;

import io.tenantpulse.v1.Change;
import io.tenantpulse.v1.MarkType;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/**
 * All that was seen of one object, from its first sight to its end.
 *
 * @param looks in the order of the log; the last may be that of its deletion
 * @param end null: it is there to the end of the log
 */
record Life(List<Look> looks, @Nullable End end) {
    /**
     * How an object went.
     *
     * @param seen a record of it says so; otherwise a frame did not mention it, or the cluster went
     */
    record End(int index, Instant at, String reason, boolean seen) {}

    /**
     * The lives of all objects of one name.
     *
     * @param isOfIt whether an entry is a record of it
     */
    static List<Life> of(Era era, KindHistory kind, String kindName, IntPredicate isOfIt) {
        List<Life> lives = new ArrayList<>();
        List<Look> looks = new ArrayList<>();
        for (int i = 0; i < era.size(); i++) {
            End end = null;
            Look next = null;
            if (isOfIt.test(i)) {
                next = Look.of(era, i);
                end = looks.isEmpty() ? null : endBy(looks.get(0), next);
            } else if (!looks.isEmpty()) {
                end = endByMark(era, kind, kindName, looks, i);
            }
            if (end != null) {
                if (next != null && end.seen()) {
                    looks.add(next);
                }
                lives.add(new Life(List.copyOf(looks), end));
                looks.clear();
            }
            boolean tells = next != null && next.change() != Change.DELETED;
            if (tells && !(looks.isEmpty() && next.change() == Change.UNDECODABLE)) {
                looks.add(next);
            }
        }
        if (!looks.isEmpty()) {
            lives.add(new Life(List.copyOf(looks), null));
        }
        return lives;
    }

    private static @Nullable End endBy(Look first, Look next) {
        // Of what can't be decoded the uid may not be known
        boolean same = next.uid().isEmpty() || next.uid().equals(first.uid());
        if (next.change() == Change.DELETED) {
            return same ? new End(next.index(), next.at(), "deleted", true) : null;
        }
        return same ? null : new End(next.index(), next.at(), "replaced", false);
    }

    private static @Nullable End endByMark(Era era, KindHistory kind, String kindName, List<Look> looks, int index) {
        if (era.isMark(index, MarkType.CLUSTER_GONE)) {
            return new End(index, era.at(index).observedAt(), "cluster-removed", false);
        }
        boolean swept = era.isMark(index, MarkType.SYNC_END)
                && kindName.equals(era.mark(index).getKind())
                && kind.endsItsFrame(index)
                && looks.get(looks.size() - 1).index() < kind.frameAt(index);
        return swept ? new End(index, era.at(index).observedAt(), "deleted", false) : null;
    }

    /** Index from which on it is not there. */
    int endIndex() {
        return end == null ? Integer.MAX_VALUE : end.index();
    }
}
