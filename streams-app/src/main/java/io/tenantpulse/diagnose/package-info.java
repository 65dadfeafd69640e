/**
 * Why a tenant is not converging: the runbook, executed. Pure functions of what is known of a tenant; time is an argument.
 * Knows the values of {@code io.tenantpulse.model} and nothing else.
 */
@NullMarked
package io.tenantpulse.diagnose;

import org.jspecify.annotations.NullMarked;
