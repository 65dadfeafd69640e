package io.tenantpulse.detect;

import io.tenantpulse.model.TenantId;

/** Counts incidents on their way out. */
record CountingVoice(Voice voice, Counters counters) implements Voice {
    @Override
    public void say(Transition transition) {
        voice.say(transition);
    }

    @Override
    public void say(IncidentChange change) {
        counters.incident(change);
        voice.say(change);
    }

    @Override
    public void forgetAlert(String identity) {
        voice.forgetAlert(identity);
    }

    @Override
    public void failed(TenantId tenant, RuntimeException failure) {
        voice.failed(tenant, failure);
    }

    @Override
    public void count(String what) {
        voice.count(what);
    }
}
