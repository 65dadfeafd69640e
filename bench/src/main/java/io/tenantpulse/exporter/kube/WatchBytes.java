package io.tenantpulse.exporter.kube;

import io.tenantpulse.exporter.ClusterLog;
import io.tenantpulse.exporter.WatchedKind;
import java.nio.ByteBuffer;

/** The way of a watch's bytes into the log as the exporter has it, without network, coverage and renewal; here because its parts are this package's own. */
public final class WatchBytes {
    private final LineSplitter lines = new LineSplitter(LineSplitter.MAX_LINE_BYTES);
    private final ClusterLog log;

    public WatchBytes(ClusterLog log) {
        this.log = log;
    }

    /** Takes the next piece of a watch of the kind. */
    public void feed(WatchedKind kind, ByteBuffer piece) throws InterruptedException {
        lines.feed(piece, (bytes, length, cut) -> {
            WatchLine line = WatchLine.of(bytes, length);
            if (!line.type().equals("BOOKMARK")) {
                log.object(kind, line.type(), line.object(bytes), null);
            }
        });
    }
}
