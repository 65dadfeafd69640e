/** A fleet to look at without a cluster: simulated operators behind an in-process Kubernetes API. Uses nothing of the other packages. */
@NullMarked
package io.tenantpulse.standalone.demo;

import org.jspecify.annotations.NullMarked;
