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
    int desired;
    /** Not empty: the dependency graph is broken, nothing was applied and nothing is counted. */
    String dependencyError = "";
}
