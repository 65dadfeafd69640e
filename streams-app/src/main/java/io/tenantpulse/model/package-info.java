/** The words in which tenants and their resources are spoken of: values that detection and diagnosis share. */
@NullMarked
package io.tenantpulse.model;

import org.jspecify.annotations.NullMarked;
