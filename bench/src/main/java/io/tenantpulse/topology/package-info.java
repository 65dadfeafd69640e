/** What the benchmarks need of the topology's inside. */
@org.jspecify.annotations.NullMarked
package io.tenantpulse.topology;
