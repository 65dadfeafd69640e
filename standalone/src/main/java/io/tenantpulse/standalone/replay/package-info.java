/**
 * Recordings: reading them, putting their lines in order, and running them through the real mapping, serdes and
 * topology. Nothing here reads a clock, so that the same file always gives the same bytes.
 */
@NullMarked
package io.tenantpulse.standalone.replay;

import org.jspecify.annotations.NullMarked;
