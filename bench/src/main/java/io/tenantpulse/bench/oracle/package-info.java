/**
 * Judges the detector by a second program that shares nothing with it but the log's schema: it reads a whole history at once and
 * knows DESIGN 3 and 4 and the operator's table of alerts, and keeps no clocks.
 */
@NullMarked
package io.tenantpulse.bench.oracle;

import org.jspecify.annotations.NullMarked;
