package io.tenantpulse.trends;

import java.time.Duration;
import java.time.Instant;

/** How long a window is. Windows are aligned to the epoch and hold {@code [start, start + size)}. */
public enum WindowSize {
    MINUTE("1m", Duration.ofMinutes(1), Duration.ofHours(2)),
    QUARTER("15m", Duration.ofMinutes(15), Duration.ofDays(2)),
    HOUR("1h", Duration.ofHours(1), Duration.ofDays(8)),
    DAY("1d", Duration.ofDays(1), Duration.ofDays(90));

    private final String word;
    private final Duration length;
    private final Duration kept;

    WindowSize(String word, Duration length, Duration kept) {
        this.word = word;
        this.length = length;
        this.kept = kept;
    }

    /** As it is written. */
    public String word() {
        return word;
    }

    public Duration length() {
        return length;
    }

    /** How long such windows can be read and corrected after they have closed; swept once an hour. */
    public Duration kept() {
        return kept;
    }

    /** Start of the window that holds an instant. */
    public Instant startOf(Instant instant) {
        return Instant.ofEpochMilli(startOf(instant.toEpochMilli()));
    }

    long startOf(long instantMs) {
        return Math.floorDiv(instantMs, length.toMillis()) * length.toMillis();
    }

    /**
     * Reads a word back.
     *
     * @throws IllegalArgumentException if it is none of ours
     */
    public static WindowSize of(String word) {
        for (WindowSize each : values()) {
            if (each.word.equals(word)) {
                return each;
            }
        }
        throw new IllegalArgumentException("not a window: \"" + word + "\"; write 1m, 15m, 1h or 1d");
    }
}
