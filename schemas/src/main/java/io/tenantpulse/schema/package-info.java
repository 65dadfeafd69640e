/** The contract between the exporter and everything that reads the log: topics, keys, kinds and serdes. */
@NullMarked
package io.tenantpulse.schema;

import org.jspecify.annotations.NullMarked;
