/**
 * Detection, pure: what was remembered and news become what to remember, what to say and when to be woken. Nothing here
 * knows Kafka, Kubernetes, Avro, JSON, a logger or a clock; time comes in as an argument.
 */
@NullMarked
package io.tenantpulse.detect;

import org.jspecify.annotations.NullMarked;
