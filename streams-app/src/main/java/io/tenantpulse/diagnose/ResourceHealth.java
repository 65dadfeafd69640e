package io.tenantpulse.diagnose;

import io.tenantpulse.model.Dependency;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How one resource of a tenant stands, by our own reading.
 *
 * @param id as {@link DependencyGraph#idOf}
 * @param reason a word for the state: of the vocabulary of causes where one was found; null when ready
 * @param since since when it is known to be ready, or not; null where nothing tells
 * @param regressed it was ready in the tenant's present generation, then lost it; otherwise it never converged in it
 * @param required the tenant waits for it ({@code waitForReady})
 * @param timeLeft of the resource's own timeout; zero when it is over or nothing is waited for
 * @param object null when it is not known to exist
 * @param pods that belong to it, the oldest first
 * @param waitsFor the chain to what it waits for, itself first; empty when it does not wait
 */
public record ResourceHealth(
        String id,
        Dependency dependency,
        State state,
        @Nullable String reason,
        @Nullable Instant since,
        boolean regressed,
        boolean required,
        Duration timeLeft,
        @Nullable SeenObject object,
        List<SeenObject> pods,
        List<String> waitsFor) {
    public ResourceHealth {
        pods = List.copyOf(pods);
        waitsFor = List.copyOf(waitsFor);
    }

    /** What a resource can be. */
    public enum State {
        READY,
        /** Not ready, and within its timeout. */
        PROGRESSING,
        /** Not ready behind a dependency that is not, and nothing speaks against that as the reason. */
        WAITING,
        /** Not ready, its timeout over, and not plainly broken. */
        STALLED,
        /** It will not become ready by waiting. */
        FAILED,
        /** It should exist and does not. */
        MISSING,
        TERMINATING,
        UNKNOWN
    }

    /** Time since it was created; null where that is not known. */
    public @Nullable Duration age(Instant now) {
        if (object == null || object.createdAt() == null) {
            return null;
        }
        Duration age = Duration.between(object.createdAt(), now);
        return age.isNegative() ? Duration.ZERO : age;
    }

    /** Whether it is certain that it is not ready. */
    public boolean isNotReady() {
        return state != State.READY && state != State.UNKNOWN;
    }
}
