/** The log in Kafka: the only package with a producer. What it takes, it writes in order, or it says loudly that it could not. */
@NullMarked
package io.tenantpulse.exporter.kafka;

import org.jspecify.annotations.NullMarked;
