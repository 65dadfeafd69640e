package io.tenantpulse.trends;

import org.jspecify.annotations.Nullable;

/** Where {@link Surges} keep what they must not lose. Single-threaded. What was put is what is read next. */
public interface SurgeMemory {
    /** Null: nothing is remembered. */
    @Nullable
    ScopeSurges surges(Scope scope);

    void put(ScopeSurges surges);

    void forget(Scope scope);
}
