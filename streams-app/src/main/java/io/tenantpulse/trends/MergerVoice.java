package io.tenantpulse.trends;

/** Where a {@link Merger} tells what has closed. */
public interface MergerVoice {
    /** A window has closed, or was corrected. */
    void say(TrendWindow window);

    /** Something odd; counted by name, never silent. */
    void count(String what);
}
