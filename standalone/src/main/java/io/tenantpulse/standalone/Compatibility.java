package io.tenantpulse.standalone;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.SchemaCompatibilityType;

/** What a new version of a schema must be able to do with the versions before it. */
enum Compatibility {
    NONE(false, false, false),
    BACKWARD(true, false, false),
    BACKWARD_TRANSITIVE(true, false, true),
    FORWARD(false, true, false),
    FORWARD_TRANSITIVE(false, true, true),
    FULL(true, true, false),
    FULL_TRANSITIVE(true, true, true);

    private final boolean newReadsOld;
    private final boolean oldReadsNew;
    private final boolean transitive;

    Compatibility(boolean newReadsOld, boolean oldReadsNew, boolean transitive) {
        this.newReadsOld = newReadsOld;
        this.oldReadsNew = oldReadsNew;
        this.transitive = transitive;
    }

    /** @throws RegistryProblem if there is no such level */
    static Compatibility named(String name) {
        for (Compatibility level : values()) {
            if (level.name().equals(name.toUpperCase(Locale.ROOT))) {
                return level;
            }
        }
        throw RegistryProblem.invalidCompatibility(name);
    }

    /**
     * What is wrong with a new version; empty if nothing is.
     *
     * @param earlier the versions before it, oldest first; only a transitive level looks at all of them
     */
    List<String> faults(Schema next, List<Schema> earlier) {
        List<Schema> asked =
                transitive || earlier.isEmpty() ? earlier : earlier.subList(earlier.size() - 1, earlier.size());
        List<String> faults = new ArrayList<>();
        for (Schema old : asked) {
            if (newReadsOld) {
                faults.addAll(faults(next, old, "new schema cannot read the old one"));
            }
            if (oldReadsNew) {
                faults.addAll(faults(old, next, "old schema cannot read the new one"));
            }
        }
        return faults;
    }

    private static List<String> faults(Schema reader, Schema writer, String meaning) {
        var checked = SchemaCompatibility.checkReaderWriterCompatibility(reader, writer);
        if (checked.getType() == SchemaCompatibilityType.COMPATIBLE) {
            return List.of();
        }
        return checked.getResult().getIncompatibilities().stream()
                .map(found -> meaning + ": " + found.getType() + " at " + found.getLocation() + " ("
                        + found.getMessage() + ")")
                .toList();
    }
}
