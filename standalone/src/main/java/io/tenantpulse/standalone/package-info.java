/**
 * The command line and what it starts: everything in one JVM, recordings and their replay. The only package that knows
 * both the exporter and the detector.
 */
@NullMarked
package io.tenantpulse.standalone;

import org.jspecify.annotations.NullMarked;
