package io.tenantpulse.detect;

import java.util.List;

/**
 * A tenant by our own reading of its resources.
 *
 * @param notReady ids of the resources that must be ready and are not, or do not exist; sorted
 * @param reads kinds of the resources that must be ready, sorted; Secrets are not among them
 * @param certain nothing was left open: without a resource that is not ready, all of them are
 * @param frozen the newest of one of them could not be decoded
 */
public record Own(List<String> notReady, List<String> reads, boolean certain, boolean frozen) {
    /** Nothing is known. */
    public static final Own UNKNOWN = new Own(List.of(), List.of(), false, false);

    public Own {
        notReady = List.copyOf(notReady);
        reads = List.copyOf(reads);
    }

    boolean isGood() {
        return certain && notReady.isEmpty();
    }

    boolean isBad() {
        return !notReady.isEmpty();
    }
}
