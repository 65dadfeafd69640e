package io.tenantpulse.model;

/** Resources as the operator counts them. A tenant whose status was never written has none, which is not 0 of 0. */
public record Counts(int ready, int desired, int failed) {}
