package io.tenantpulse.schema;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecord;

/** The schemas as they are in this source tree, and every version of them that was ever committed. */
final class ContractFiles {
    static final Path PRESENT = Path.of("src/main/avro");
    static final Path HISTORY = Path.of("src/main/avro-history");

    private ContractFiles() {}

    /** Every record that is written to a topic: one file each, named after it. */
    static List<String> records() {
        try (Stream<Path> files = Files.list(PRESENT)) {
            return files.map(file -> file.getFileName().toString().replace(".avsc", ""))
                    .filter(name -> !name.equals("common"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Class<? extends SpecificRecord> type(String record) {
        return RecordTypes.find(Schema.createRecord(record, null, "io.tenantpulse.v1", false))
                .orElseThrow();
    }

    static Schema present(String record) {
        return RecordTypes.published(type(record));
    }

    /** Versions 1, 2, ... in order; the newest is last. */
    static List<Schema> history(String record) {
        List<Schema> versions = new ArrayList<>();
        for (int n = 1; Files.exists(file(record, n)); n++) {
            try {
                versions.add(new Schema.Parser().parse(file(record, n).toFile()));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return versions;
    }

    static Path file(String record, int version) {
        return HISTORY.resolve(record).resolve(version + ".avsc");
    }

    static void write(String record, int version) {
        try {
            Files.createDirectories(file(record, version).getParent());
            Files.writeString(file(record, version), present(record).toString(true) + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
