package io.tenantpulse.model;

import org.jspecify.annotations.Nullable;

/**
 * Counts of a Job.
 *
 * @param active pods that run
 * @param succeeded pods that ended well
 * @param failed pods that ended badly
 */
public record JobFacts(
        int active,
        int succeeded,
        int failed,
        @Nullable Integer completions,
        @Nullable Integer backoffLimit,
        boolean suspended) {}
