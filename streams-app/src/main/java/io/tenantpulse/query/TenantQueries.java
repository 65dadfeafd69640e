package io.tenantpulse.query;

import org.jspecify.annotations.Nullable;

/** Asks a running detector what it knows of a tenant. Any thread may ask; nothing that is asked holds up detection. */
public interface TenantQueries {
    /**
     * What is known of a tenant now.
     *
     * @param kind {@code Tenant} or {@code LynqNode}; null: whichever there is
     */
    Answer tenant(String cluster, String namespace, String name, @Nullable String kind);

    /** What can come of a question. */
    sealed interface Answer {}

    /** It is known. */
    record Found(TenantReport report) implements Answer {}

    /** A Tenant and a LynqNode have that name, and it was not said which is meant. */
    record Ambiguous() implements Answer {}

    /** No such tenant exists as far as the log tells. */
    record Unknown() implements Answer {}

    /** Another instance of the detector has the tenant's partition. */
    record Elsewhere(int partition) implements Answer {}

    /**
     * It cannot be told now: state is being restored, or moves between instances.
     *
     * @param why for people
     */
    record NotNow(String why) implements Answer {}
}
