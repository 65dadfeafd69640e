package io.tenantpulse.exporter;

import io.tenantpulse.exporter.kube.ObjectName;
import org.jspecify.annotations.Nullable;

/**
 * An object concerns a tenant.
 *
 * @param resourceId id in the tenant's spec of the object or the ancestor it belongs to
 * @param owned false: the spec names it, but it is not the tenant's
 */
record Attribution(ObjectName tenant, @Nullable String resourceId, boolean owned) {}
