package io.tenantpulse.bench.oracle.surge;

import java.util.List;

/** A judge of surges that is judged. Not thread-safe. */
public interface SurgeSubject extends AutoCloseable {
    /** Makes one for the rules of a history, with nothing remembered. */
    @FunctionalInterface
    interface Maker {
        SurgeSubject make(SurgeHistory history);
    }

    /** Takes what is told of a cluster at once. */
    void take(List<Minute> minutes);

    /** Ends it and starts another with what it has stored. */
    void restart();

    /** Everything that was said, in order. */
    List<SurgeSaid> said();

    @Override
    void close();
}
