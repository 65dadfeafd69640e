package io.tenantpulse.trends;

import java.time.Duration;

/**
 * A rule that asks scopes for surges.
 *
 * @param alert its name
 * @param hold how long the threshold must be reached; zero or more
 * @param keepFiring how long a surge must be below what clears it until it is over; zero or more
 */
public record SurgeRule(String alert, SurgeThreshold threshold, Duration hold, Duration keepFiring) {}
