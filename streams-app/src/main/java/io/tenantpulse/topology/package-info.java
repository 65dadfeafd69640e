/** The log flows through the detector: the only package that may touch Kafka Streams. It decides nothing itself. */
@NullMarked
package io.tenantpulse.topology;

import org.jspecify.annotations.NullMarked;
