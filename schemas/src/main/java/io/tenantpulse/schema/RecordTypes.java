package io.tenantpulse.schema;

import java.util.Optional;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;

/** Finds our generated classes and their schemas; only ours, whatever name stands in a foreign schema. */
final class RecordTypes {
    static final String NAMESPACE = "io.tenantpulse.v1";

    /** A hint for Java's code generator that has no place in the contract. */
    private static final String JAVA_STRING = "avro.java.string";

    private RecordTypes() {}

    static Optional<Class<? extends SpecificRecord>> find(Schema writer) {
        if (writer.getType() != Schema.Type.RECORD || !NAMESPACE.equals(writer.getNamespace())) {
            return Optional.empty();
        }
        try {
            Class<?> type = Class.forName(writer.getFullName(), true, RecordTypes.class.getClassLoader());
            return SpecificRecord.class.isAssignableFrom(type)
                    ? Optional.of(type.asSubclass(SpecificRecord.class))
                    : Optional.empty();
        } catch (ClassNotFoundException e) {
            return Optional.empty();
        }
    }

    static Schema schemaOf(Class<? extends SpecificRecord> type) {
        return SpecificData.get().getSchema(type);
    }

    /** The schema as it is registered and committed: as in the {@code .avsc}, without Java's hints. */
    static Schema published(Class<? extends SpecificRecord> type) {
        String json = schemaOf(type).toString();
        return new Schema.Parser()
                .parse(json.replaceAll("\\{\"type\":\"string\",\"" + JAVA_STRING + "\":\"String\"}", "\"string\"")
                        .replace(",\"" + JAVA_STRING + "\":\"String\"", ""));
    }
}
