package io.tenantpulse.standalone.demo;

import java.time.Duration;
import java.util.List;

/** The two operators of the demo: how they name things, and how what they count differs. */
enum Dialect {
    /** tenant-operator v1.1.8: dependents are created at once; what is slow is neither ready nor failed, for ever. */
    TENANT_OPERATOR(
            List.of(Kinds.TENANT, Kinds.TENANT_REGISTRY, Kinds.TENANT_TEMPLATE),
            "kubernetes-tenants.org/",
            "registry",
            "tenant",
            Duration.ofSeconds(30)),
    /** Lynq v1.1.20: dependents wait; what is slow fails after its timeout, and what waits for it is skipped. */
    LYNQ(
            List.of(Kinds.LYNQ_NODE, Kinds.LYNQ_HUB, Kinds.LYNQ_FORM),
            "lynq.sh/",
            "hub",
            "node",
            Duration.ofMillis(8_600));

    private final List<ResourceType> types;
    private final String prefix;
    private final String registryLabel;
    private final String noun;
    private final Duration reconcileEvery;

    Dialect(List<ResourceType> types, String prefix, String registryLabel, String noun, Duration reconcileEvery) {
        this.types = types;
        this.prefix = prefix;
        this.registryLabel = registryLabel;
        this.noun = noun;
        this.reconcileEvery = reconcileEvery;
    }

    List<ResourceType> types() {
        return types;
    }

    ResourceType tenant() {
        return types.get(0);
    }

    ResourceType registry() {
        return types.get(1);
    }

    ResourceType template() {
        return types.get(2);
    }

    /** A label or annotation name of this operator. */
    String name(String suffix) {
        return prefix + suffix;
    }

    String registryLabel() {
        return name(registryLabel);
    }

    String trackingLabel() {
        return name(noun);
    }

    String trackingNamespaceLabel() {
        return name(noun + "-namespace");
    }

    /** "tenant" or "node", as its messages call a tenant. */
    String noun() {
        return noun;
    }

    String plural() {
        return noun + "s";
    }

    /** Suffix of the template's counts: totalTenants or totalNodes. */
    String countSuffix() {
        return this == LYNQ ? "Nodes" : "Tenants";
    }

    String controller() {
        return tenant().singular() + "-controller";
    }

    String manager() {
        return this == LYNQ ? "lynq" : "tenant-operator";
    }

    String tenantFinalizer() {
        return tenant().singular() + "." + tenant().group() + "/finalizer";
    }

    Duration reconcileEvery() {
        return reconcileEvery;
    }

    boolean holdsDependents() {
        return this == LYNQ;
    }

    boolean failsAfterTimeout() {
        return this == LYNQ;
    }

    /** The older one applies a body that does not render as the text that it is. */
    boolean refusesUnrendered() {
        return this == LYNQ;
    }

    boolean writesObservedGeneration() {
        return this == LYNQ;
    }
}
