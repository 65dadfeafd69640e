/** The fleet through time: what was counted of many tenants in windows of event time, and how such counts are merged. Pure: no Kafka, no Avro, no clock. */
@NullMarked
package io.tenantpulse.trends;

import org.jspecify.annotations.NullMarked;
