package io.tenantpulse.standalone.replay;

import io.tenantpulse.v1.AlertTransition;
import java.io.IOException;
import java.time.Instant;
import java.util.Comparator;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * Puts transitions in the order of the output. Deciding instants never go back within a cluster, so what was decided
 * before the slowest cluster's present instant can be written: only the rest is held.
 */
final class TransitionOrder {
    /** Where a transition goes once nothing can precede it. */
    interface Output {
        void write(AlertTransition transition) throws IOException;
    }

    private record Held(AlertTransition transition, long number) {}

    private static final Comparator<AlertTransition> ORDER = Comparator.comparing(AlertTransition::getDecidedAt)
            .thenComparing(AlertTransition::getCluster)
            .thenComparing(t -> text(t.getNamespace()))
            .thenComparing(t -> text(t.getKind()))
            .thenComparing(t -> text(t.getTenant()))
            .thenComparing(AlertTransition::getAlert)
            .thenComparing(t -> t.getLabels().getOrDefault("reason", ""))
            .thenComparing(AlertTransition::getStatus)
            .thenComparing(t -> t.getLabels().getOrDefault("resource_kind", ""))
            .thenComparing(t -> t.getLabels().getOrDefault("scope", ""))
            .thenComparing(t -> t.getLabels().getOrDefault("registry", ""))
            .thenComparing(t -> t.getLabels().getOrDefault("template", ""));

    private final PriorityQueue<Held> held =
            new PriorityQueue<>(Comparator.comparing(Held::transition, ORDER).thenComparingLong(Held::number));
    private final Output output;
    private long number;

    TransitionOrder(Output output) {
        this.output = output;
    }

    private static String text(@Nullable String value) {
        return value == null ? "" : value;
    }

    void add(AlertTransition transition) {
        held.add(new Held(transition, number++));
    }

    /** Writes what was decided before {@code slowest}: no later transition can precede it. */
    void writeBefore(Instant slowest) throws IOException {
        Held head = held.peek();
        while (head != null && head.transition().getDecidedAt().isBefore(slowest)) {
            output.write(held.remove().transition());
            head = held.peek();
        }
    }

    /** Writes the rest: nothing more comes. */
    void writeAll() throws IOException {
        while (!held.isEmpty()) {
            output.write(held.remove().transition());
        }
    }

    boolean isEmpty() {
        return held.isEmpty();
    }
}
