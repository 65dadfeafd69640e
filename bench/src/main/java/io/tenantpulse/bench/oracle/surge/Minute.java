package io.tenantpulse.bench.oracle.surge;

import java.time.Duration;
import java.time.Instant;

/**
 * What was told of a scope's minute.
 *
 * @param scope its key
 * @param revision 0 when it was told first
 * @param isSilent whether it only says that its cluster was not heard of
 */
public record Minute(String scope, Instant start, int revision, boolean isSilent, Counts counts) {
    static final Duration LENGTH = Duration.ofMinutes(1);

    public Instant end() {
        return start.plus(LENGTH);
    }

    /** Cluster of a scope's key. */
    public static String cluster(String scope) {
        return scope.split("/", -1)[1];
    }

    /** Whether anything of it was seen: what nothing can be told of counts for nothing. */
    boolean isSeen() {
        return counts.judged() > 0 || counts.blind() == 0;
    }

    /** What kind of telling it is. */
    String word() {
        if (isSilent) {
            return "of a cluster that is silent";
        }
        if (revision > 0) {
            return "told late or again";
        }
        if (counts.blind() > 0) {
            return counts.judged() == 0 ? "all blind" : "some blind";
        }
        return counts.all() == 0 ? "without tenants" : "all seen";
    }

    @Override
    public String toString() {
        return start + " " + scope + (revision > 0 ? " again" : "") + (isSilent ? " silent" : "") + ": " + counts;
    }
}
