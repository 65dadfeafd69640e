package io.tenantpulse.bench.oracle;

import io.tenantpulse.v1.Dependency;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Predicate;

/** Who of a tenant's resources waits for whom, found by walking every way from each. */
final class Waiting {
    private final Map<String, Dependency> spec = new HashMap<>();
    private final Map<String, TreeSet<String>> above = new HashMap<>();
    private final TreeSet<String> bad = new TreeSet<>();

    private Waiting() {}

    /** @param isBad whether it is not ready, or does not exist */
    static Waiting of(List<Dependency> spec, Predicate<Dependency> isBad) {
        Waiting it = new Waiting();
        for (Dependency each : spec) {
            it.spec.put(each.getId(), each);
            if (isBad.test(each)) {
                it.bad.add(each.getId());
            }
        }
        for (Dependency each : spec) {
            TreeSet<String> reached = new TreeSet<>();
            it.walk(each, reached);
            it.above.put(each.getId(), reached);
        }
        return it;
    }

    private void walk(Dependency from, TreeSet<String> reached) {
        for (String needed : from.getDependIds()) {
            Dependency next = spec.get(needed);
            if (reached.add(needed) && next != null) {
                walk(next, reached);
            }
        }
    }

    boolean isBad(String id) {
        return bad.contains(id);
    }

    /** Whether something that it depends on, over any number of steps, is not ready or not even asked for. */
    boolean isBehind(String id) {
        return above.getOrDefault(id, new TreeSet<>()).stream()
                .anyMatch(each -> bad.contains(each) || !spec.containsKey(each));
    }

    /** Whether one that is not ready waits for another, which is not ready by its own fault. */
    boolean waitsFor(String waiting, String blocker) {
        return bad.contains(waiting)
                && bad.contains(blocker)
                && !isBehind(blocker)
                && above.get(waiting).contains(blocker);
    }

    /** Whether the dependencies can't be met at all: a cycle, or an id that nothing has. */
    boolean isBroken() {
        return above.entrySet().stream()
                .anyMatch(each -> each.getValue().contains(each.getKey())
                        || each.getValue().stream().anyMatch(id -> !spec.containsKey(id)));
    }
}
