/** From watched Kubernetes objects to the log: rule of this package, only whitelisted facts pass through it. */
@NullMarked
package io.tenantpulse.exporter;

import org.jspecify.annotations.NullMarked;
