package io.tenantpulse.detect;

import io.tenantpulse.model.TenantId;

/** Where the detector's decisions go: output topics in production, lists in tests. Called in order of decision. */
public interface Voice {
    void say(Transition transition);

    void say(IncidentChange change);

    /** The alert's state need not be kept any longer: its cluster is gone. */
    void forgetAlert(String identity);

    /** The diagnosis of a tenant failed, which is a fault of ours: the alert goes out without a cause. */
    void failed(TenantId tenant, RuntimeException failure);

    /** Something was refused or odd; counted by name, never silent. */
    void count(String what);
}
