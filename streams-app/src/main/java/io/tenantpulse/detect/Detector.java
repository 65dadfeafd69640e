package io.tenantpulse.detect;

import java.time.Instant;

/** Turns the log into decisions, one record at a time. */
public final class Detector {
    private final Rules rules;
    private final Memory memory;
    private final Voice voice;

    public Detector(Rules rules, Memory memory, Voice voice) {
        this.rules = rules;
        this.memory = memory;
        this.voice = voice;
    }

    /** Takes the next record of the partition. */
    public void on(Observation news) {
        voice.count("not yet " + rules.hash() + memory.cluster(news.cluster()));
    }

    /**
     * Judges silence, the one thing that the wall clock decides: only clusters whose EPOCH stands in this partition.
     * Call it about once a second.
     */
    public void onWallClock(Instant now) {
        voice.count("not yet " + now);
    }
}
