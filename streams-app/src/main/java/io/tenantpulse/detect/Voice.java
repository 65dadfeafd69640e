package io.tenantpulse.detect;

/** Where the detector's decisions go: output topics in production, lists in tests. Called in order of decision. */
public interface Voice {
    void say(Transition transition);

    void say(IncidentChange change);

    /** The alert's state need not be kept any longer: its cluster is gone. */
    void forgetAlert(String identity);

    /** Something was refused or odd; counted by name, never silent. */
    void count(String what);
}
