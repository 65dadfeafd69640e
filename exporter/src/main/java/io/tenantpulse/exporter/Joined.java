package io.tenantpulse.exporter;

import org.jspecify.annotations.Nullable;

/**
 * What a pod's or claim's record says of objects that many tenants share.
 *
 * @param parentUid uid of the controller
 * @param nodeReady null when it is not known
 * @param classExists null when it is not known
 */
record Joined(
        @Nullable String parentUid,
        @Nullable Boolean nodeReady,
        @Nullable Boolean classExists,
        @Nullable String bindingMode) {
    static final Joined NOTHING = new Joined(null, null, null, null);
}
