package io.tenantpulse.standalone.replay;

import java.util.Set;

/** The marks of a recording, each a line of its own. */
final class Marks {
    private static final Set<String> TYPES =
            Set.of("EPOCH", "SYNC_BEGIN", "SYNC_END", "GAP", "WATERMARK", "CLUSTER_GONE");

    private Marks() {}

    static boolean isMark(String type) {
        return TYPES.contains(type);
    }
}
