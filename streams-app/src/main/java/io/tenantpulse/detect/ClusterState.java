package io.tenantpulse.detect;

/** What one partition remembers of a cluster. */
public record ClusterState(String cluster) {}
