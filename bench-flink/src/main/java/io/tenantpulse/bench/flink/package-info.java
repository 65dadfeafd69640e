/** The literal rules on Apache Flink, as its documentation would have them: the only package that may import Flink. */
@NullMarked
package io.tenantpulse.bench.flink;

import org.jspecify.annotations.NullMarked;
