/** What every process of ours shows the people who run it: health, metrics, and a hint where a name is misspelt. */
@NullMarked
package io.tenantpulse.process;

import org.jspecify.annotations.NullMarked;
