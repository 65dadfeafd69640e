/** Questions about tenants and their answers; knows neither how they are kept nor how they are asked. */
@NullMarked
package io.tenantpulse.query;

import org.jspecify.annotations.NullMarked;
