package io.tenantpulse.model;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * State of one container of a pod.
 *
 * @param image as asked for
 * @param state {@code waiting}, {@code running}, {@code terminated}, or empty
 * @param reason of the present state
 * @param message of the present state
 * @param exitCode of the present state if terminated, else of the last termination
 * @param lastReason of the last termination
 * @param startedAt start of the present state if running, by the kubelet's clock
 */
public record Container(
        String name,
        boolean init,
        @Nullable String image,
        boolean ready,
        int restarts,
        String state,
        @Nullable String reason,
        @Nullable String message,
        @Nullable Integer exitCode,
        @Nullable String lastReason,
        @Nullable Instant startedAt) {}
