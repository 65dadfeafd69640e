package io.tenantpulse.standalone;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * One line of the embedded registry's file: one change of what it knows.
 *
 * @param subject null where the change concerns the whole registry
 * @param value of a level or a mode; null: it is removed
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record RegistryEntry(
        Op op,
        @Nullable String subject,
        @Nullable Integer version,
        @Nullable Integer id,
        @Nullable String schema,
        @Nullable String value) {
    enum Op {
        REGISTER,
        DELETE,
        FORGET,
        COMPATIBILITY,
        MODE
    }

    /** @throws IllegalArgumentException if the line does not have what its change needs */
    RegistryEntry {
        boolean ofVersion = op == Op.REGISTER || op == Op.DELETE || op == Op.FORGET;
        if (ofVersion && (subject == null || version == null)) {
            throw new IllegalArgumentException(op + " needs a subject and a version");
        }
        if (op == Op.REGISTER && (id == null || schema == null)) {
            throw new IllegalArgumentException(op + " needs an id and a schema");
        }
    }

    static RegistryEntry registered(String subject, int version, int id, String schema) {
        return new RegistryEntry(Op.REGISTER, subject, version, id, schema, null);
    }

    /** The version is no longer served, but still known. */
    static RegistryEntry deleted(String subject, int version) {
        return new RegistryEntry(Op.DELETE, subject, version, null, null, null);
    }

    /** The version is gone; its schema keeps its id, as records may have it. */
    static RegistryEntry forgotten(String subject, int version) {
        return new RegistryEntry(Op.FORGET, subject, version, null, null, null);
    }

    static RegistryEntry compatibility(@Nullable String subject, @Nullable Compatibility level) {
        return new RegistryEntry(Op.COMPATIBILITY, subject, null, null, null, level == null ? null : level.name());
    }

    static RegistryEntry mode(@Nullable String subject, @Nullable String mode) {
        return new RegistryEntry(Op.MODE, subject, null, null, null, mode);
    }
}
