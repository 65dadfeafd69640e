/** Settings as people write them: everything that is wrong is told at once, and secrets are never shown. */
@NullMarked
package io.tenantpulse.exporter.config;

import org.jspecify.annotations.NullMarked;
