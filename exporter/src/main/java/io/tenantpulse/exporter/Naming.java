package io.tenantpulse.exporter;

/**
 * A tenant names an object.
 *
 * @param id of the resource in the tenant's spec
 * @param applied {@code status.appliedResources} names it, so it is the tenant's; otherwise the spec asks for it
 */
record Naming(Entry tenant, String id, boolean applied) {}
