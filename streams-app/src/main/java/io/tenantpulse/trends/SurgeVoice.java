package io.tenantpulse.trends;

/** Where {@link Surges} tell what they have judged. Called in order of decision, for each cluster. */
public interface SurgeVoice {
    /** @param alert name of the rule */
    void say(String alert, SurgeChange change);
}
