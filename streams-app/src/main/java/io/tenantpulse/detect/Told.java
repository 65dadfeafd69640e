package io.tenantpulse.detect;

import io.tenantpulse.diagnose.Cause;
import io.tenantpulse.diagnose.Diagnosis;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What was last told of why an alert fires.
 *
 * @param cause word of the leading cause; null: none was found
 * @param resource that it concerns first; null: the tenant itself
 * @param blocker the root blocker that holds back the most; null: none
 * @param at when it was told, by the cluster's time
 */
public record Told(
        @Nullable String cause,
        @Nullable String resource,
        @Nullable String blocker,
        Instant at) {
    /** A noisy pod does not make a stream of updates: another cause is told so long after the last. */
    static final Duration PAUSE = Duration.ofMinutes(5);

    static Told of(Diagnosis diagnosis, Instant at) {
        List<Cause> causes = diagnosis.causes();
        String word = causes.isEmpty() ? null : causes.get(0).word().word();
        String resource = causes.isEmpty() || causes.get(0).resources().isEmpty()
                ? null
                : causes.get(0).resources().get(0);
        String blocker = diagnosis.blockers().isEmpty()
                ? null
                : diagnosis.blockers().get(0).id();
        return new Told(word, resource, blocker, at);
    }

    /** Something has changed that is to be told as soon as it may. */
    Told outdated() {
        return new Told(null, null, null, at);
    }

    Instant next() {
        return at.plus(PAUSE);
    }

    boolean saysTheSameAs(Told other) {
        return equals(new Told(other.cause, other.resource, other.blocker, at));
    }
}
