package io.tenantpulse.detect;

import io.tenantpulse.trends.SurgeFacts;
import org.jspecify.annotations.Nullable;

/**
 * What an alert says that speaks of a part of the fleet, not of one tenant.
 *
 * @param key unique among all parts of the fleet, and stable: identity of the alert and key of its records
 * @param namespace of the registry or template; null where it speaks of a whole cluster
 * @param kind of the registry; null where it speaks of something else
 * @param summary for people, one line; null for a resolution
 * @param description for people, a few sentences, one line; null for a resolution
 * @param surge who and what, of a surge; null for other alerts
 */
public record FleetAlert(
        String key,
        @Nullable String namespace,
        @Nullable String kind,
        @Nullable String summary,
        @Nullable String description,
        @Nullable SurgeFacts surge) {}
