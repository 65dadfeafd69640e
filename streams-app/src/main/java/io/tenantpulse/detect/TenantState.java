package io.tenantpulse.detect;

/** What is remembered of one tenant. */
public record TenantState(TenantId id) {}
