package io.tenantpulse.detect;

/**
 * Where a record stands in its cluster's part of the log; also the id of a frame (that of its SYNC_BEGIN). Older means
 * smaller.
 *
 * @param epoch epoch of the exporter
 * @param sequence position in the epoch
 */
public record Position(long epoch, long sequence) implements Comparable<Position> {
    /** Before everything. */
    public static final Position NONE = new Position(0, 0);

    @Override
    public int compareTo(Position other) {
        return epoch != other.epoch ? Long.compare(epoch, other.epoch) : Long.compare(sequence, other.sequence);
    }

    /** Whether this stands before the other. */
    public boolean isBefore(Position other) {
        return compareTo(other) < 0;
    }
}
