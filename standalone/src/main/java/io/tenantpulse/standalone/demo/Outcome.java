package io.tenantpulse.standalone.demo;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What one reconcile of one tenant came to. */
final class Outcome {
    final Set<String> ready = new LinkedHashSet<>();
    final Set<String> failed = new LinkedHashSet<>();
    final Set<String> conflicted = new LinkedHashSet<>();
    final Set<String> skipped = new LinkedHashSet<>();
    final List<String> applied = new ArrayList<>();
    final Set<String> unrendered = new LinkedHashSet<>();
    int desired;
    /** Not empty: the dependency graph is broken, nothing was applied and nothing is counted. */
    String dependencyError = "";
    /** Not empty: the tenant's columns could not be read, nothing was applied and nothing is counted. */
    String variablesError = "";

    static Outcome withoutVariables() {
        Outcome outcome = new Outcome();
        outcome.variablesError = "failed to unmarshal extra values: invalid character '\"' after object key:value pair";
        return outcome;
    }

    /** Whether it came as far as counting resources. */
    boolean isCounted() {
        return dependencyError.isEmpty() && variablesError.isEmpty();
    }
}
