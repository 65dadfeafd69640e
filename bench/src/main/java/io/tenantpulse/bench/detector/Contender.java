package io.tenantpulse.bench.detector;

import java.io.IOException;

/** Something that works off a log in this process. Started once, then closed. */
public interface Contender extends AutoCloseable {
    /** Begins and returns. */
    void start() throws Exception;

    /** Records of the log worked off so far, marks included; asked for some hundred times a second, from another thread. */
    long processed();

    /** Returns when what follows from all records has been sent. */
    default void finish() throws Exception {}

    @Override
    void close() throws IOException;
}
