package io.tenantpulse.exporter.kube;

import io.tenantpulse.exporter.Role;
import io.tenantpulse.exporter.WatchedKind;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.LongSupplier;

/** Which of the tenant operators' kinds a cluster serves: their definitions may be missing, come later and go away. */
final class Discovery {
    private static final Set<Role> ASKED_FOR = Set.of(Role.TENANT, Role.REGISTRY, Role.TEMPLATE);

    /** When, by the monotonic clock, discovery first lacked a kind. */
    private final Map<WatchedKind, Long> lackedSince = new HashMap<>();

    private final List<WatchedKind> kinds;
    private final LongSupplier nanos;
    private boolean closed;

    /** @param nanos monotonic, as {@link System#nanoTime} */
    Discovery(List<WatchedKind> kinds, LongSupplier nanos) {
        this.nanos = nanos;
        this.kinds =
                kinds.stream().filter(kind -> ASKED_FOR.contains(kind.role())).toList();
    }

    /** Whether the kind comes and goes with its definition; the others belong to every cluster. */
    boolean isAskedFor(WatchedKind kind) {
        return kinds.contains(kind);
    }

    /** Waits until the kind is served, as far as is known, or this is closed. */
    synchronized void awaitServed(WatchedKind kind) throws InterruptedException {
        while (!closed && lackedSince.containsKey(kind)) {
            wait();
        }
    }

    synchronized boolean isServed(WatchedKind kind) {
        return !lackedSince.containsKey(kind);
    }

    /** A request for the kind was answered with 404. */
    synchronized void lacks(WatchedKind kind) {
        lackedSince.putIfAbsent(kind, nanos.getAsLong());
    }

    /** The kinds that have been lacking for so long that they are absent. */
    synchronized List<WatchedKind> absent(Duration grace) {
        List<WatchedKind> absent = new ArrayList<>();
        long now = nanos.getAsLong();
        lackedSince.forEach((kind, since) -> {
            if (now - since >= grace.toNanos()) {
                absent.add(kind);
            }
        });
        return absent;
    }

    /** Lets everybody go: the exporter is closing. */
    synchronized void close() {
        closed = true;
        notifyAll();
    }

    /**
     * Asks the API server.
     *
     * @return the kinds that it does not serve
     */
    List<WatchedKind> poll(KubeLink link, Duration timeout) throws IOException, InterruptedException {
        Map<String, List<WatchedKind>> groups = new TreeMap<>();
        kinds.forEach(kind -> groups.computeIfAbsent(kind.apiVersion(), ignored -> new ArrayList<>())
                .add(kind));
        List<WatchedKind> lacking = new ArrayList<>();
        for (Map.Entry<String, List<WatchedKind>> group : groups.entrySet()) {
            KubeLink.Answer answer =
                    link.fetch("/apis/" + group.getKey(), Map.of("Accept", "application/json"), timeout);
            Optional<Set<String>> served = served(answer);
            if (served.isPresent()) {
                lacking.addAll(update(group.getValue(), served.get()));
            }
        }
        return lacking;
    }

    /** Empty if the server did not say: then all stays as it was. */
    private static Optional<Set<String>> served(KubeLink.Answer answer) throws IOException {
        if (answer.status() == 404) {
            return Optional.of(Set.of());
        }
        return answer.ok() ? Optional.of(resources(answer.body(), answer.length())) : Optional.empty();
    }

    private synchronized List<WatchedKind> update(List<WatchedKind> group, Set<String> served) {
        List<WatchedKind> lacking = new ArrayList<>();
        for (WatchedKind kind : group) {
            if (served.contains(kind.plural())) {
                lackedSince.remove(kind);
            } else {
                lackedSince.putIfAbsent(kind, nanos.getAsLong());
                lacking.add(kind);
            }
        }
        notifyAll();
        return lacking;
    }

    /** Plural names in an APIResourceList. */
    static Set<String> resources(byte[] body, int length) throws IOException {
        Set<String> names = new HashSet<>();
        JsonReader in = JsonReader.ofFewStrings();
        in.reset(body, 0, length);
        try {
            Read.object(in, (field, list) -> {
                if (field == Field.RESOURCES && list.peek() == '[') {
                    list.beginArray();
                    while (list.nextElement()) {
                        Read.object(list, (inner, resource) -> name(inner, resource, names));
                    }
                } else {
                    list.skipValue();
                }
            });
        } catch (MalformedJsonException e) {
            throw new IOException("the answer to discovery cannot be read: " + e.getMessage(), e);
        }
        return names;
    }

    private static void name(Field field, JsonReader in, Set<String> names) {
        if (field == Field.NAME) {
            names.add(Read.textOr(in, ""));
        } else {
            in.skipValue();
        }
    }
}
