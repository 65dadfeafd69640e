package io.tenantpulse.bench.oracle;

import io.tenantpulse.v1.Change;
import io.tenantpulse.v1.KindState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How a simulated exporter stands to one kind of its cluster. */
final class KindLink {
    final String kind;
    /** What watermarks say of it; BLIND also between a frame and the first bookmark. */
    KindState state = KindState.BLIND;
    /** A frame of it, or a resumed watch, has brought it up to date. */
    boolean current;
    /** A frame of it was completed in this epoch, so its watch can go on after a break. */
    boolean framed;
    /** The last watermark that covered it. */
    @Nullable
    Instant coveredTo;
    /** What happened to it unseen; a watch that resumes still tells it. */
    final List<Missed> missed = new ArrayList<>();

    /** @param object as it was then */
    record Missed(WorldObject object, Change change, org.apache.avro.specific.SpecificRecord record) {}

    KindLink(String kind) {
        this.kind = kind;
    }

    /** Its watch broke, or its exporter did. */
    void cut(KindState as) {
        state = as;
        current = false;
    }

    void upToDate() {
        current = true;
        state = KindState.BLIND;
        missed.clear();
    }
}
