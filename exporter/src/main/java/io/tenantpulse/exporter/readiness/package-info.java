/** Readiness as the tenant operator computes it, one small class per kind: rule of this package, pure functions of facts. */
@NullMarked
package io.tenantpulse.exporter.readiness;

import org.jspecify.annotations.NullMarked;
