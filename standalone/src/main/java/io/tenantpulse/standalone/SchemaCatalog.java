package io.tenantpulse.standalone;

import io.confluent.kafka.schemaregistry.avro.AvroSchema;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/**
 * What the embedded registry knows: subjects, their versions, ids, levels and modes, with Confluent's rules. Every change is
 * in the file before it is in memory. Thread-safe: one lock around all, as requests are few.
 */
final class SchemaCatalog {
    /** A version of a subject. */
    record Version(String subject, int version, int id, String schema, boolean deleted) {}

    static final Compatibility DEFAULT_COMPATIBILITY = Compatibility.FULL_TRANSITIVE;
    private static final String READ_WRITE = "READWRITE";
    private static final String READ_ONLY = "READONLY";

    private final RegistryFile file;
    private final Map<String, TreeMap<Integer, Version>> subjects = new TreeMap<>();
    private final Map<Integer, String> schemas = new TreeMap<>();
    private final Map<String, Integer> ids = new HashMap<>();
    private final Map<String, String> compatibilities = new HashMap<>();
    private final Map<String, String> modes = new HashMap<>();

    SchemaCatalog(RegistryFile file) {
        this.file = file;
        file.entries().forEach(this::apply);
    }

    synchronized List<String> subjects(boolean deletedToo, String prefix) {
        return subjects.keySet().stream()
                .filter(subject -> subject.startsWith(prefix))
                .filter(subject -> !find(subject, deletedToo).isEmpty())
                .toList();
    }

    /** @throws RegistryProblem if the subject does not exist */
    synchronized List<Version> versions(String subject, boolean deletedToo) {
        List<Version> found = find(subject, deletedToo);
        if (found.isEmpty()) {
            throw RegistryProblem.subjectNotFound(subject);
        }
        return found;
    }

    /** @param version a number, {@code latest} or -1 */
    synchronized Version version(String subject, String version, boolean deletedToo) {
        int number = version.equals("latest") || version.equals("-1") ? Integer.MAX_VALUE : number(version);
        List<Version> known = versions(subject, deletedToo);
        if (number == Integer.MAX_VALUE) {
            return known.get(known.size() - 1);
        }
        return known.stream()
                .filter(v -> v.version() == number)
                .findFirst()
                .orElseThrow(() -> RegistryProblem.versionNotFound(version));
    }

    synchronized String schema(int id) {
        String known = schemas.get(id);
        if (known == null) {
            throw RegistryProblem.schemaNotFound(id);
        }
        return known;
    }

    synchronized List<Version> versionsWith(int id, boolean deletedToo) {
        schema(id);
        return subjects.keySet().stream()
                .flatMap(subject -> find(subject, deletedToo).stream())
                .filter(version -> version.id() == id)
                .toList();
    }

    /** Registers a schema if the subject does not have it yet. */
    synchronized Version register(String subject, String text, boolean normalize) {
        if (mode(subject).orElseGet(() -> mode(null).orElse(READ_WRITE)).equals(READ_ONLY)) {
            throw RegistryProblem.readOnly(subject);
        }
        Schema schema = parse(text);
        String canonical = canonical(schema, normalize);
        Optional<Version> known = same(find(subject, false), canonical, normalize);
        if (known.isPresent()) {
            return known.get();
        }
        List<String> faults = faults(subject, schema);
        if (!faults.isEmpty()) {
            throw RegistryProblem.incompatible(subject, faults);
        }
        TreeMap<Integer, Version> all = subjects.getOrDefault(subject, new TreeMap<>());
        int version = all.isEmpty() ? 1 : all.lastKey() + 1;
        int id = ids.getOrDefault(canonical, schemas.size() + 1);
        record(List.of(RegistryEntry.registered(subject, version, id, canonical)));
        return new Version(subject, version, id, canonical, false);
    }

    /** The version of a subject that has this schema. */
    synchronized Version lookUp(String subject, String text, boolean normalize, boolean deletedToo) {
        List<Version> known = versions(subject, deletedToo);
        return same(known, canonical(parse(text), normalize), normalize).orElseThrow(RegistryProblem::schemaNotFound);
    }

    /** What keeps a schema from being registered; empty if nothing does. */
    synchronized List<String> faults(String subject, String text) {
        return faults(subject, parse(text));
    }

    /** The same against one version only, by the subject's level. */
    synchronized List<String> faults(String subject, String version, String text) {
        Version asked = version(subject, version, false);
        return levelInForce(subject).faults(parse(text), List.of(parse(asked.schema())));
    }

    synchronized List<Integer> deleteSubject(String subject, boolean permanent) {
        List<Version> live = find(subject, false);
        List<Version> doomed = permanent ? versions(subject, true) : versions(subject, false);
        if (permanent && !live.isEmpty()) {
            throw RegistryProblem.subjectNotSoftDeleted(subject);
        }
        record(doomed.stream()
                .map(v -> permanent
                        ? RegistryEntry.forgotten(subject, v.version())
                        : RegistryEntry.deleted(subject, v.version()))
                .toList());
        return doomed.stream().map(Version::version).toList();
    }

    synchronized int deleteVersion(String subject, String version, boolean permanent) {
        Version doomed = version(subject, version, permanent);
        if (permanent && !doomed.deleted()) {
            throw RegistryProblem.versionNotSoftDeleted(subject, doomed.version());
        }
        record(List.of(
                permanent
                        ? RegistryEntry.forgotten(subject, doomed.version())
                        : RegistryEntry.deleted(subject, doomed.version())));
        return doomed.version();
    }

    /** @param subject null for the whole registry */
    synchronized Optional<String> compatibility(@Nullable String subject) {
        return Optional.ofNullable(compatibilities.get(key(subject)));
    }

    Compatibility levelInForce(@Nullable String subject) {
        return compatibility(subject)
                .or(() -> compatibility(null))
                .map(Compatibility::named)
                .orElse(DEFAULT_COMPATIBILITY);
    }

    /** @param level null: the default holds again */
    synchronized void setCompatibility(@Nullable String subject, @Nullable String level) {
        record(List.of(RegistryEntry.compatibility(subject, level == null ? null : Compatibility.named(level))));
    }

    /** @param subject null for the whole registry */
    synchronized Optional<String> mode(@Nullable String subject) {
        return Optional.ofNullable(modes.get(key(subject)));
    }

    synchronized void setMode(@Nullable String subject, @Nullable String mode) {
        if (mode != null && !mode.equals(READ_WRITE) && !mode.equals(READ_ONLY)) {
            throw RegistryProblem.invalidMode(mode);
        }
        record(List.of(RegistryEntry.mode(subject, mode)));
    }

    String modeInForce(@Nullable String subject) {
        return mode(subject).or(() -> mode(null)).orElse(READ_WRITE);
    }

    private List<String> faults(String subject, Schema schema) {
        return levelInForce(subject)
                .faults(
                        schema,
                        find(subject, false).stream()
                                .map(v -> parse(v.schema()))
                                .toList());
    }

    private List<Version> find(String subject, boolean deletedToo) {
        return subjects.getOrDefault(subject, new TreeMap<>()).values().stream()
                .filter(version -> deletedToo || !version.deleted())
                .toList();
    }

    private static Optional<Version> same(List<Version> known, String canonical, boolean normalize) {
        return known.stream()
                .filter(v -> v.schema().equals(canonical)
                        || normalize && canonical(parse(v.schema()), true).equals(canonical))
                .reduce((earlier, later) -> later);
    }

    private void record(List<RegistryEntry> entries) {
        file.append(entries);
        entries.forEach(this::apply);
    }

    private void apply(RegistryEntry entry) {
        String subject = key(entry.subject());
        switch (entry.op()) {
            case REGISTER -> {
                int id = Objects.requireNonNull(entry.id());
                String schema = Objects.requireNonNull(entry.schema());
                schemas.put(id, schema);
                ids.put(schema, id);
                versionsOf(entry).put(number(entry), new Version(subject, number(entry), id, schema, false));
            }
            case DELETE ->
                versionsOf(entry)
                        .computeIfPresent(
                                number(entry), (n, v) -> new Version(v.subject(), n, v.id(), v.schema(), true));
            case FORGET -> versionsOf(entry).remove(number(entry));
            case COMPATIBILITY -> put(compatibilities, subject, entry.value());
            case MODE -> put(modes, subject, entry.value());
        }
    }

    private TreeMap<Integer, Version> versionsOf(RegistryEntry entry) {
        return subjects.computeIfAbsent(key(entry.subject()), s -> new TreeMap<>());
    }

    private static int number(RegistryEntry entry) {
        return Objects.requireNonNull(entry.version());
    }

    private static int number(String version) {
        try {
            int number = Integer.parseInt(version);
            if (number >= 1) {
                return number;
            }
        } catch (NumberFormatException e) {
            throw RegistryProblem.invalidVersion(version);
        }
        throw RegistryProblem.invalidVersion(version);
    }

    private static void put(Map<String, String> settings, String subject, @Nullable String value) {
        if (value == null) {
            settings.remove(subject);
        } else {
            settings.put(subject, value);
        }
    }

    /** The whole registry's settings are kept under a name that no subject can have. */
    private static String key(@Nullable String subject) {
        return subject == null ? "" : subject;
    }

    private static Schema parse(String text) {
        try {
            return new Schema.Parser().parse(text);
        } catch (AvroRuntimeException e) {
            throw RegistryProblem.invalidSchema(String.valueOf(e.getMessage()));
        }
    }

    private static String canonical(Schema schema, boolean normalize) {
        AvroSchema parsed = new AvroSchema(schema);
        return (normalize ? parsed.normalize() : parsed).canonicalString();
    }
}
