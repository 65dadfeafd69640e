package io.tenantpulse.exporter.kube;

/**
 * An entry of {@code ownerReferences}.
 *
 * @param controller whether it manages the object
 */
public record OwnerRef(ObjectName owner, String uid, boolean controller) {}
