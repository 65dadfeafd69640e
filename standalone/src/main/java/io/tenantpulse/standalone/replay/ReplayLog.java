package io.tenantpulse.standalone.replay;

import io.tenantpulse.exporter.ObservationSink;
import java.time.Instant;

/** Takes the log of a replay, and knows what in it waits for a watermark. Single-threaded. */
interface ReplayLog extends ObservationSink {
    /** Whether a watermark up to there, inclusive, would find anything due in the cluster. */
    boolean isDue(String cluster, Instant upTo);
}
