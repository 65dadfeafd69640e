package io.tenantpulse.model;

/**
 * Resources of a tenant, or tenants of a registry, as the operator counts them. Where a status was never written there are
 * none, which is not 0 of 0.
 */
public record Counts(int ready, int desired, int failed) {}
