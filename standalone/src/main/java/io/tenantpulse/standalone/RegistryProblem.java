package io.tenantpulse.standalone;

/** A registry's "no": the HTTP status and Confluent's error code, which clients act on. */
final class RegistryProblem extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private static final int NOT_FOUND = 404;
    private static final int UNPROCESSABLE = 422;
    private static final int INTERNAL = 500;
    private static final int CONFLICT = 409;

    private final int status;
    private final int code;

    RegistryProblem(int status, int code, String message) {
        super(message);
        this.status = status;
        this.code = code;
    }

    int status() {
        return status;
    }

    int code() {
        return code;
    }

    static RegistryProblem subjectNotFound(String subject) {
        return new RegistryProblem(NOT_FOUND, 40401, "Subject '" + subject + "' not found.");
    }

    static RegistryProblem versionNotFound(String version) {
        return new RegistryProblem(NOT_FOUND, 40402, "Version " + version + " not found.");
    }

    static RegistryProblem schemaNotFound() {
        return new RegistryProblem(NOT_FOUND, 40403, "Schema not found");
    }

    static RegistryProblem schemaNotFound(int id) {
        return new RegistryProblem(NOT_FOUND, 40403, "Schema " + id + " not found");
    }

    static RegistryProblem subjectNotSoftDeleted(String subject) {
        return new RegistryProblem(
                NOT_FOUND, 40405, "Subject '" + subject + "' was not deleted first before being permanently deleted");
    }

    static RegistryProblem versionNotSoftDeleted(String subject, int version) {
        return new RegistryProblem(
                NOT_FOUND,
                40407,
                "Subject '" + subject + "' Version " + version
                        + " was not deleted first before being permanently deleted");
    }

    static RegistryProblem noCompatibilityOf(String subject) {
        return new RegistryProblem(
                NOT_FOUND, 40408, "Subject '" + subject + "' does not have subject-level compatibility configured");
    }

    static RegistryProblem noModeOf(String subject) {
        return new RegistryProblem(
                NOT_FOUND, 40409, "Subject '" + subject + "' does not have subject-level mode configured");
    }

    static RegistryProblem invalidSchema(String why) {
        return new RegistryProblem(UNPROCESSABLE, 42201, "Invalid schema: " + why);
    }

    static RegistryProblem invalidVersion(String version) {
        return new RegistryProblem(
                UNPROCESSABLE,
                42202,
                "The specified version '" + version
                        + "' is not a valid version id. Allowed values are between [1, 2^31-1]"
                        + " and the string \"latest\"");
    }

    static RegistryProblem invalidCompatibility(String level) {
        return new RegistryProblem(
                UNPROCESSABLE,
                42203,
                "Invalid compatibility level '" + level + "'. Valid values are none, backward, forward, full,"
                        + " backward_transitive, forward_transitive, and full_transitive");
    }

    static RegistryProblem invalidMode(String mode) {
        return new RegistryProblem(
                UNPROCESSABLE, 42204, "Invalid mode '" + mode + "'. Valid values are READWRITE and READONLY");
    }

    static RegistryProblem readOnly(String subject) {
        return new RegistryProblem(UNPROCESSABLE, 42205, "Subject " + subject + " is in read-only mode");
    }

    static RegistryProblem incompatible(String subject, Object faults) {
        return new RegistryProblem(
                CONFLICT,
                CONFLICT,
                "Schema being registered is incompatible with an earlier schema for subject \"" + subject
                        + "\", details: " + faults);
    }

    static RegistryProblem cannotStore(String why) {
        return new RegistryProblem(INTERNAL, 50001, "Error in the backend data store: " + why);
    }
}
