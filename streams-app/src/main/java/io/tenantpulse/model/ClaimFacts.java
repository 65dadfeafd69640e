package io.tenantpulse.model;

import org.jspecify.annotations.Nullable;

/**
 * What explains a PersistentVolumeClaim, joined with its StorageClass.
 *
 * @param phase {@code Pending}, {@code Bound}, {@code Lost}, or empty
 * @param storageClass null when none is named
 * @param storageClassExists null when it is not known
 * @param bindingMode {@code Immediate} or {@code WaitForFirstConsumer}; null when it is not known
 */
public record ClaimFacts(
        String phase,
        @Nullable String storageClass,
        @Nullable Boolean storageClassExists,
        @Nullable String bindingMode) {}
