/** Talks to API servers: the only package that may import fabric8. It reads bytes; what they mean, the exporter's root package knows. */
@NullMarked
package io.tenantpulse.exporter.kube;

import org.jspecify.annotations.NullMarked;
