package io.tenantpulse.exporter.kube;

import java.util.HashSet;
import java.util.Set;

/** What a watch and its successor have told while they ran side by side: each version counts once, and who is behind is known. Versions are only equal or not. */
final class Overlap {
    private final Set<String> seen = new HashSet<>();

    /** What the old watch has told and its successor not yet. */
    private final Set<String> ahead = new HashSet<>();

    private boolean running;

    /** The successor is opened at the position of the old watch. */
    void begin() {
        end();
        running = true;
    }

    /**
     * Whether nobody has told this event.
     *
     * @param bySuccessor whether the successor tells it, or the watch that was one
     */
    boolean isNew(WatchLine line, boolean bySuccessor) {
        if (!running || line.resourceVersion() == null) {
            return true;
        }
        // A deletion may have the version of the last change.
        String version = line.type().equals("DELETED") ? "-" + line.resourceVersion() : line.resourceVersion();
        boolean isNew = seen.add(version);
        if (bySuccessor) {
            ahead.remove(version);
        } else if (isNew) {
            ahead.add(version);
        }
        return isNew;
    }

    /** Whether the successor has told all that the old watch has. */
    boolean isEven() {
        return ahead.isEmpty();
    }

    /** All that both had to tell has passed. */
    void end() {
        seen.clear();
        ahead.clear();
        running = false;
    }
}
