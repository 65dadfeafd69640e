package io.tenantpulse.exporter;

import io.tenantpulse.exporter.kube.Facts;
import io.tenantpulse.v1.Change;

/** Where the model says what belongs into the log. */
interface Output {
    /** @param dependencies whether the record carries the dependency spec */
    void tenant(Facts facts, Change change, boolean dependencies);

    void registry(Facts facts, Change change);

    void template(Facts facts, Change change);

    void resource(Facts facts, Attribution attribution, Change change, Joined joined);

    /** An Event of type Warning. */
    void warning(Facts facts, Attribution attribution);
}
