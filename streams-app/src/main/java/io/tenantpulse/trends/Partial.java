package io.tenantpulse.trends;

import java.time.Instant;

/**
 * What one partition of the log counted of a scope in a window of one minute.
 *
 * @param cluster whose tenants these are
 * @param start of the window
 */
public record Partial(int partition, String cluster, Instant start, Scope scope, Totals totals) implements Report {}
