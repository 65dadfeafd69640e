package io.tenantpulse.exporter;

import io.tenantpulse.exporter.kube.Facts;
import io.tenantpulse.exporter.kube.ObjectName;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** An object in the model: known by its facts, or only because others name it. */
final class Entry {
    final ObjectName name;

    @Nullable
    Facts facts;

    /** What was said of it in the log. */
    List<Attribution> attributions = List.of();

    /** Tenants that name it in spec or status. */
    private List<Naming> namings = List.of();

    /** Objects that find their tenant through this one. */
    private List<Entry> children = List.of();

    /** The last frame that mentioned it. */
    int frame;

    Entry(ObjectName name) {
        this.name = name;
    }

    Facts known() {
        return Objects.requireNonNull(facts, "facts");
    }

    boolean isKnown() {
        return facts != null;
    }

    boolean isKnown(WatchedKind kind) {
        return facts != null && facts.kind() == kind;
    }

    /** Nothing knows it and nothing names it. */
    boolean isForgotten() {
        return facts == null && namings.isEmpty() && children.isEmpty();
    }

    List<Naming> namings() {
        return namings;
    }

    List<Entry> children() {
        return children;
    }

    void addChild(Entry child) {
        if (children.isEmpty()) {
            children = new ArrayList<>(2);
        }
        children.add(child);
    }

    void removeChild(Entry child) {
        if (!children.isEmpty()) {
            children.remove(child);
        }
    }

    void addNaming(Naming naming) {
        if (namings.isEmpty()) {
            namings = new ArrayList<>(2);
        }
        namings.add(naming);
    }

    void removeNamingsOf(Entry tenant) {
        if (!namings.isEmpty()) {
            namings.removeIf(naming -> naming.tenant() == tenant);
        }
    }
}
