/** What a person configures: settings and rules are read here, and every fault is told at once, with its place and remedy. */
@NullMarked
package io.tenantpulse.config;

import org.jspecify.annotations.NullMarked;
