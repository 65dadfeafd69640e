package io.tenantpulse.query;

import org.jspecify.annotations.Nullable;

/**
 * Which part of which detector gave an answer.
 *
 * @param version of Tenant Pulse
 * @param application id of its application
 * @param instance the name that it was configured with; null: none
 * @param partition of the log that the tenant stands in
 */
public record Origin(
        String version, String application, @Nullable String instance, int partition) {}
