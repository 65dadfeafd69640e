package io.tenantpulse.standalone.demo;

import java.time.Instant;

/**
 * One thing that is wrong with a tenant of the demo.
 *
 * @param cause the word of the vocabulary of causes that a right diagnosis has for it
 * @param resource id of the resource that is hit; empty: the tenant itself
 * @param since when it began
 * @param lasting false: it passes by itself before any alert of 15 minutes is due
 */
public record Affliction(String cause, String resource, Instant since, boolean lasting) {}
