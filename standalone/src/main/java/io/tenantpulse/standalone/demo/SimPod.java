package io.tenantpulse.standalone.demo;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the simulation knows of one pod beyond its object. */
final class SimPod {

    /** Where a pod is in its life. */
    enum Phase {
        UNSCHEDULED,
        SCHEDULED,
        /** Its volumes are not there. */
        MOUNTING,
        INIT_RUNNING,
        INIT_BACK_OFF,
        PULLING,
        PULL_ERROR,
        CONFIG_ERROR,
        RUNNING,
        READY,
        BACK_OFF,
        SUCCEEDED,
        FAILED
    }

    final Workload owner;
    final String name;
    /** Namespace and name, and those of its owner. */
    final String path;

    final String ownerPath;
    final String uid;
    final String revision;
    final String container;
    final String image;
    /** Image of its init container; empty: it has none. */
    final String initImage;

    final String initContainer;
    /** The StatefulSet without which it does not start; empty: it needs none. */
    final String database;
    /** The machine that it must run on; empty: any. */
    final String pinnedTo;

    final Instant created;
    final List<String> claims;
    final List<String> secrets;
    final int cpuMillis;

    Phase phase = Phase.UNSCHEDULED;
    Instant since;

    @Nullable
    String node;

    String podIp = "";
    String unschedulable = "";
    boolean imageBackOff;

    @Nullable
    Instant scheduled;

    /** Its node's kubelet has taken it on. */
    @Nullable
    Instant accepted;

    /** Its volumes and its network are there. */
    @Nullable
    Instant prepared;

    @Nullable
    Instant initStarted;

    @Nullable
    Instant initEnded;

    /** Its init containers, if any, have ended well. */
    @Nullable
    Instant initialized;

    @Nullable
    Instant started;

    Instant readyChanged;

    @Nullable
    Instant crashed;

    @Nullable
    Instant crashedRunStart;

    int crashExit;
    int initRestarts;
    int restarts;

    @Nullable
    Instant nextTry;

    @Nullable
    Instant terminating;

    boolean nodeLost;

    SimPod(Workload owner, String revision, Shape shape, Instant created) {
        this.owner = owner;
        this.revision = revision;
        name = shape.name();
        path = owner.namespace() + "/" + name;
        ownerPath = owner.namespace() + "/" + owner.name();
        uid = shape.uid();
        container = shape.container();
        image = shape.image();
        initImage = shape.init().path("image").asText();
        initContainer = shape.init().path("name").asText();
        pinnedTo = shape.pinnedTo();
        database = shape.database();
        claims = shape.claims();
        secrets = shape.secrets();
        cpuMillis = shape.cpuMillis();
        this.created = created;
        since = created;
        readyChanged = created;
    }

    /** What of a pod's object decides how it fares. */
    record Shape(
            String name,
            String uid,
            String container,
            String image,
            JsonNode init,
            String pinnedTo,
            String database,
            List<String> claims,
            List<String> secrets,
            int cpuMillis) {}

    String namespace() {
        return owner.namespace();
    }

    boolean job() {
        return owner.type() == Kinds.JOB;
    }

    boolean ready() {
        return phase == Phase.READY && !nodeLost;
    }

    boolean active() {
        return terminating == null && !finished();
    }

    boolean finished() {
        return phase == Phase.SUCCEEDED || phase == Phase.FAILED;
    }

    void become(Phase next, Instant now) {
        boolean wasReady = phase == Phase.READY;
        phase = next;
        since = now;
        if (wasReady != (next == Phase.READY)) {
            readyChanged = now;
        }
    }
}
