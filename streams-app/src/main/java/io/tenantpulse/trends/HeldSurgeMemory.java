package io.tenantpulse.trends;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Holds everything as it is, for a process that needs nothing of it when it ends. */
public final class HeldSurgeMemory implements SurgeMemory {
    private final Map<Scope, ScopeSurges> surges = new HashMap<>();

    @Override
    public @Nullable ScopeSurges surges(Scope scope) {
        return surges.get(scope);
    }

    @Override
    public void put(ScopeSurges of) {
        surges.put(of.scope(), of);
    }

    @Override
    public void forget(Scope scope) {
        surges.remove(scope);
    }
}
