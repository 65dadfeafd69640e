/** Measures what Tenant Pulse costs beside what others cost, in one run on one machine: read the ratios first. */
@NullMarked
package io.tenantpulse.bench;

import org.jspecify.annotations.NullMarked;
