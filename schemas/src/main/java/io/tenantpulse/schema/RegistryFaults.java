package io.tenantpulse.schema;

import io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;
import java.io.IOException;
import org.apache.kafka.common.errors.SerializationException;

/** Tells what the registry's failures mean: wait, ask a person, or give a record up. */
final class RegistryFaults {
    private static final int UNAUTHORIZED = 401;
    private static final int FORBIDDEN = 403;
    private static final int CONFLICT = 409;
    private static final int UNPROCESSABLE = 422;
    private static final int SUBJECT_NOT_FOUND = 40401;
    private static final int SCHEMA_NOT_FOUND = 40403;

    private RegistryFaults() {}

    static SerializationException writing(String subject, SerdeSettings settings, RestClientException e) {
        if (e.getStatus() == CONFLICT) {
            return new SchemaRejectedException(
                    "the registry at " + settings.printableUrl() + " refuses our schema for subject " + subject
                            + " as incompatible with an earlier version (" + e.getMessage()
                            + "): a newer Tenant Pulse may have written there, so upgrade this process, or see which"
                            + " version of the subject is foreign and delete it",
                    e);
        }
        if (e.getStatus() == UNPROCESSABLE) {
            return new SchemaRejectedException(
                    "the registry at " + settings.printableUrl() + " refuses our schema for subject " + subject + " ("
                            + e.getMessage() + "): check the mode and the settings of the subject",
                    e);
        }
        boolean unknown = e.getErrorCode() == SUBJECT_NOT_FOUND || e.getErrorCode() == SCHEMA_NOT_FOUND;
        if (unknown && !settings.autoRegister()) {
            return new SchemaRejectedException(
                    "subject " + subject + " of the registry at " + settings.printableUrl()
                            + " does not have our schema and " + SerdeSettings.AUTO_REGISTER
                            + " is false: register the newest file of schemas/src/main/avro-history/"
                            + subject.substring(subject.lastIndexOf('.') + 1) + " under this subject, or set "
                            + SerdeSettings.AUTO_REGISTER + "=true",
                    e);
        }
        return unavailable("schema of subject " + subject, settings, e);
    }

    static SerializationException reading(Object id, String topic, SerdeSettings settings, RestClientException e) {
        if (e.getErrorCode() == SCHEMA_NOT_FOUND) {
            return new UndecodableRecordException(
                    "record of topic " + topic + " has schema id " + id + ", which the registry at "
                            + settings.printableUrl() + " does not know: it was written with another registry",
                    e);
        }
        return unavailable("schema id " + id, settings, e);
    }

    static RegistryUnavailableException unavailable(String what, SerdeSettings settings, IOException e) {
        return new RegistryUnavailableException(
                "registry at " + settings.printableUrl() + " did not answer for " + what + " ("
                        + e.getClass().getSimpleName() + ": " + e.getMessage()
                        + "): check that it runs and that " + SerdeSettings.URL + " is right",
                e);
    }

    static RegistryUnavailableException unavailable(String what, SerdeSettings settings, RestClientException e) {
        boolean refused = e.getStatus() == UNAUTHORIZED || e.getStatus() == FORBIDDEN;
        String remedy = refused
                ? "check basic.auth.*, bearer.auth.* or schema.registry.ssl.* and our rights there"
                : "check its log and that " + SerdeSettings.URL + " is right";
        return new RegistryUnavailableException(
                "registry at " + settings.printableUrl() + " answered " + e.getStatus() + " for " + what + " ("
                        + e.getMessage() + "): " + remedy,
                e);
    }
}
