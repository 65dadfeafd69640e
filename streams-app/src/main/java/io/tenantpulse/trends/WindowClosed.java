package io.tenantpulse.trends;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A partition says nothing more of a window.
 *
 * @param cluster whose partials of that window all stand before; null: it is the fleet's window that is over
 * @param start of the window
 * @param blind of the fleet's window: clusters whose watermark had not come so far, sorted
 * @param gone of a cluster's window: it is the last one, the cluster is gone for good
 */
public record WindowClosed(int partition, @Nullable String cluster, Instant start, List<String> blind, boolean gone)
        implements Report {
    public WindowClosed {
        blind = List.copyOf(blind);
    }
}
