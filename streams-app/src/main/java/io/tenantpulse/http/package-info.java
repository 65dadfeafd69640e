/** What the detector answers over HTTP: paths, bodies, problems. */
@NullMarked
package io.tenantpulse.http;

import org.jspecify.annotations.NullMarked;
