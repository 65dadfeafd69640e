package io.tenantpulse.exporter.kube;

import java.util.List;

/** Reads what one kind of object has beside metadata. Used again and again, for one thread. */
abstract class DetailReader {
    final Conditions conditionReader = new Conditions();
    List<ConditionFacts> conditions = List.of();

    /** Forgets the last object. */
    void clear() {
        conditions = List.of();
    }

    /** A field of the object itself; {@code metadata} is never among them. */
    abstract void field(Field field, JsonReader in);

    /** All fields were seen: the place to read what only now is known to be wanted. */
    void finish(JsonReader in) {}

    /** What was read. */
    abstract Detail detail(Metadata metadata);

    /** Of kinds that have nothing but perhaps conditions. */
    static final class Plain extends DetailReader {
        private final Read.FieldReader status = this::status;

        @Override
        void field(Field field, JsonReader in) {
            if (field == Field.STATUS) {
                Read.object(in, status);
            } else {
                in.skipValue();
            }
        }

        private void status(Field field, JsonReader in) {
            if (field == Field.CONDITIONS) {
                conditions = conditionReader.read(in);
            } else {
                in.skipValue();
            }
        }

        @Override
        Detail detail(Metadata metadata) {
            return Detail.None.INSTANCE;
        }
    }
}
