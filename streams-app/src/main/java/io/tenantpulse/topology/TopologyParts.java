package io.tenantpulse.topology;

import io.tenantpulse.detect.Rules;
import io.tenantpulse.metrics.Meters;
import io.tenantpulse.schema.Topics;
import io.tenantpulse.topology.serde.LogCodec;
import java.time.InstantSource;

/**
 * What the topology is made of.
 *
 * @param clock the wall clock, which judges only whether a cluster's telemetry is stale
 * @param durable whether state outlives the process; false where tests drive the topology without a broker
 */
public record TopologyParts(
        Topics topics, Rules rules, LogCodec codec, Meters meters, InstantSource clock, boolean durable) {}
