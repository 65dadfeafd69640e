/** What a person does to the log by hand: the only writer of the log beside the exporter. */
@NullMarked
package io.tenantpulse.admin;

import org.jspecify.annotations.NullMarked;
