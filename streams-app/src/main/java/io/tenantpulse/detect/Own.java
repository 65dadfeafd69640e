package io.tenantpulse.detect;

import io.tenantpulse.diagnose.Tally;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A tenant by our own reading of its resources.
 *
 * @param unready the resources that are not ready, or do not exist; sorted by id
 * @param reads kinds of the resources that must be ready, sorted; Secrets are not among them
 * @param looksAt kinds, sorted and not among {@code reads}, of the resources that need not be ready but exist
 * @param certain nothing was left open: without a resource that is not ready, all of them are
 * @param frozen the newest of one of them could not be decoded
 * @param tally all resources, counted as the operator does
 * @param broken what makes the operator refuse the tenant's dependencies as a whole; null: nothing
 */
public record Own(
        List<NotReady> unready,
        List<String> reads,
        List<String> looksAt,
        boolean certain,
        boolean frozen,
        Tally tally,
        @Nullable BrokenSpec broken) {
    /** Nothing is known. */
    public static final Own UNKNOWN = new Own(List.of(), List.of(), List.of(), false, false, Tally.NONE, null);

    public Own {
        unready = List.copyOf(unready);
        reads = List.copyOf(reads);
        looksAt = List.copyOf(looksAt);
    }

    boolean isGood() {
        return certain && !isBad();
    }

    boolean isBad() {
        for (NotReady each : unready) {
            if (each.required()) {
                return true;
            }
        }
        return false;
    }

    /** Ids of the resources that must be ready and are not, or do not exist; sorted. */
    List<String> notReady() {
        List<String> ids = new ArrayList<>();
        for (NotReady each : unready) {
            if (each.required()) {
                ids.add(each.id());
            }
        }
        return ids;
    }

    /** What is known of a resource that is not ready; null: it is not one. */
    @Nullable
    NotReady find(String id) {
        int from = 0;
        int to = unready.size() - 1;
        while (from <= to) {
            int middle = (from + to) >>> 1;
            int order = unready.get(middle).id().compareTo(id);
            if (order == 0) {
                return unready.get(middle);
            }
            from = order < 0 ? middle + 1 : from;
            to = order < 0 ? to : middle - 1;
        }
        return null;
    }

    /** Whether anything of the kind changes what was read here. */
    boolean restsOn(String kind) {
        return reads.contains(kind) || looksAt.contains(kind);
    }

    Own with(List<NotReady> now) {
        return new Own(now, reads, looksAt, certain, frozen, tally, broken);
    }
}
