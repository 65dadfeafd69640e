/** Health and metrics over HTTP, on loopback unless told otherwise. It reads and never changes anything. */
@NullMarked
package io.tenantpulse.http;

import org.jspecify.annotations.NullMarked;
