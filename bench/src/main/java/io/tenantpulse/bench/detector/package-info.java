/**
 * What detection costs from the log to the alerts, on a real broker, beside what the same costs others: each contender works
 * off the same log in a process of its own.
 */
@NullMarked
package io.tenantpulse.bench.detector;

import org.jspecify.annotations.NullMarked;
