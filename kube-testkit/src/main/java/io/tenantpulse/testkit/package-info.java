/** A real Kubernetes API server for tests, and the faults that it may meet. Never part of what is shipped. */
@NullMarked
package io.tenantpulse.testkit;

import org.jspecify.annotations.NullMarked;
