/** What this process tells of itself: every meter's name, unit and tags in one file. */
@NullMarked
package io.tenantpulse.metrics;

import org.jspecify.annotations.NullMarked;
