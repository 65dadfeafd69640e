package io.tenantpulse.detect;

import io.tenantpulse.model.ObjectId;
import java.time.Instant;
import java.util.Map;

/**
 * How a tenant's resources are read.
 *
 * @param at when what is read was observed
 * @param sight when what is newly found began
 * @param lost resources that have gone since they were read last and had been ready, with the last instant at which they are
 *     known to have been so
 */
record Look(Instant at, FirstSight sight, Map<ObjectId, Instant> lost) {}
