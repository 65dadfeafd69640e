/** Mapping of the domain's types to bytes: the only package of this module that may touch generated Avro classes. */
@NullMarked
package io.tenantpulse.topology.serde;

import org.jspecify.annotations.NullMarked;
