package io.tenantpulse.detect;

/** What is remembered of one object of a tenant. */
public record ResourceState(ObjectId object) {}
