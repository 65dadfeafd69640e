package io.tenantpulse.trends;

/**
 * Resources of one kind that must be ready and are not, by our own reading.
 *
 * @param millis resource-milliseconds: their number, integrated over time
 * @param atEnd their number at the end of the window
 */
public record KindLoad(long millis, long atEnd) {
    public static final KindLoad NONE = new KindLoad(0, 0);

    KindLoad beside(KindLoad other) {
        return new KindLoad(millis + other.millis, atEnd + other.atEnd);
    }

    KindLoad followedBy(KindLoad later) {
        return new KindLoad(millis + later.millis, later.atEnd);
    }
}
