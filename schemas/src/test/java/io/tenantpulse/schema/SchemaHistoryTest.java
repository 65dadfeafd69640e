package io.tenantpulse.schema;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.SchemaCompatibilityType;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The compatibility gate: every version of a record reads every other (FULL_TRANSITIVE), as the log keeps old records and
 * exporters and detectors are upgraded one after the other.
 *
 * <p>With {@code -Dschema.history=rewrite} the newest committed version is replaced by the present schema (only while it has
 * not been released), with {@code -Dschema.history=add} the present schema becomes a new version.
 */
class SchemaHistoryTest {
    private static final String COMMAND = "mvn -q -pl schemas -am package -Dtest=SchemaHistoryTest"
            + " -Dsurefire.failIfNoSpecifiedTests=false -Dschema.history=";

    @BeforeAll
    static void updateIfAsked() {
        String wish = System.getProperty("schema.history", "check");
        for (String record : records().toList()) {
            List<Schema> history = ContractFiles.history(record);
            boolean changed = history.isEmpty() || !isNewest(record, history);
            if (changed && (wish.equals("add") || wish.equals("rewrite") && history.isEmpty())) {
                ContractFiles.write(record, history.size() + 1);
            } else if (changed && wish.equals("rewrite")) {
                ContractFiles.write(record, history.size());
            }
        }
    }

    static Stream<String> records() {
        return ContractFiles.records().stream();
    }

    @ParameterizedTest
    @MethodSource("records")
    void hasThePresentSchemaAsItsNewestVersion(String record) {
        List<Schema> history = ContractFiles.history(record);

        assertThat(!history.isEmpty() && isNewest(record, history))
                .withFailMessage("""
                        The schema of %s is not its newest committed version (%s).
                        If that version was released: add a version with
                          %sadd
                        If it was not: replace it with
                          %srewrite
                        and commit the file with the schema.""", record, ContractFiles.file(record, Math.max(1, history.size())), COMMAND, COMMAND)
                .isTrue();
    }

    @ParameterizedTest
    @MethodSource("records")
    void everyVersionReadsEveryOther(String record) {
        List<Schema> versions = new ArrayList<>(ContractFiles.history(record));
        versions.add(ContractFiles.present(record));

        for (Schema reader : versions) {
            for (Schema writer : versions) {
                var found = SchemaCompatibility.checkReaderWriterCompatibility(reader, writer);
                assertThat(found.getType())
                        .as(
                                "%s: version %d reads version %d: %s",
                                record, versions.indexOf(reader) + 1, versions.indexOf(writer) + 1, faults(found))
                        .isEqualTo(SchemaCompatibilityType.COMPATIBLE);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("records")
    void explainsEveryTypeAndFieldAndGivesEveryEnumADefault(String record) {
        List<String> faults = new ArrayList<>();
        lint(ContractFiles.present(record), record, new HashSet<>(), faults);

        assertThat(faults).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("records")
    void isPublishedWithoutHintsForJava(String record) {
        assertThat(ContractFiles.present(record).toString()).doesNotContain("avro.java");
    }

    @Test
    void theGateClosesOnABreakingChange() {
        Schema before = schema("{'name':'a','type':'long'}");
        Schema after = schema("{'name':'a','type':'long'},{'name':'b','type':'long'}");

        assertThat(SchemaCompatibility.checkReaderWriterCompatibility(after, before)
                        .getType())
                .isEqualTo(SchemaCompatibilityType.INCOMPATIBLE);
    }

    @Test
    void forgetsNoRecordThatWasEverWritten() throws IOException {
        try (Stream<Path> known = Files.list(ContractFiles.HISTORY)) {
            assertThat(known.map(dir -> dir.getFileName().toString()))
                    .as("the log still holds records of these types: keep their schemas in " + ContractFiles.PRESENT)
                    .isSubsetOf(ContractFiles.records());
        }
    }

    private static List<String> faults(SchemaCompatibility.SchemaPairCompatibility found) {
        return found.getResult().getIncompatibilities().stream()
                .map(fault -> fault.getType() + " at " + fault.getLocation() + ": " + fault.getMessage())
                .toList();
    }

    private static Schema schema(String fields) {
        return new Schema.Parser().parse(("{'type':'record','name':'R','fields':[" + fields + "]}").replace('\'', '"'));
    }

    /** Compared as text: docs, defaults and the order of fields are part of what was agreed. */
    private static boolean isNewest(String record, List<Schema> history) {
        return history.get(history.size() - 1)
                .toString()
                .equals(ContractFiles.present(record).toString());
    }

    private static void lint(Schema schema, String path, Set<String> seen, List<String> faults) {
        switch (schema.getType()) {
            case RECORD -> {
                requireDoc(schema.getDoc(), schema.getFullName(), faults);
                if (seen.add(schema.getFullName())) {
                    for (Schema.Field field : schema.getFields()) {
                        String inner = path + "." + field.name();
                        requireDoc(field.doc(), inner, faults);
                        lint(field.schema(), inner, seen, faults);
                    }
                }
            }
            case ENUM -> {
                requireDoc(schema.getDoc(), schema.getFullName(), faults);
                if (!"UNKNOWN".equals(schema.getEnumDefault())) {
                    faults.add(schema.getFullName() + " has no type-level default UNKNOWN");
                }
            }
            case ARRAY -> lint(schema.getElementType(), path + "[]", seen, faults);
            case MAP -> lint(schema.getValueType(), path + "{}", seen, faults);
            case UNION -> {
                if (schema.getTypes().get(0).getType() != Schema.Type.NULL) {
                    faults.add(path + " is a union whose first type is not null");
                }
                schema.getTypes().forEach(type -> lint(type, path, seen, faults));
            }
            default -> {}
        }
    }

    private static void requireDoc(String doc, String what, List<String> faults) {
        if (doc == null || doc.isBlank()) {
            faults.add(what + " has no doc");
        }
    }
}
