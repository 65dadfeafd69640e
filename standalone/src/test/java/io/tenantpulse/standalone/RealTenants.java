package io.tenantpulse.standalone;

import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.tenantpulse.testkit.RealApiServer;
import java.util.Map;

/** Tenants on a real API server with bodies, environment and annotations that must never leave it. */
final class RealTenants {
    /** Stands wherever the whitelist does not reach. */
    static final String CANARY = "xCANARYx";

    private static final String TENANTS = "operator.kubernetes-tenants.org/v1";

    private final RealApiServer server;

    RealTenants(RealApiServer server) {
        this.server = server;
    }

    /** A tenant that asks for one Deployment, which exists and is not ready. */
    void withDeployment(String name) {
        server.apply("""
                apiVersion: operator.kubernetes-tenants.org/v1
                kind: Tenant
                metadata: {name: %1$s, namespace: default, annotations: {extra: %2$s}, labels: {team: %2$s}}
                spec:
                  uid: %1$s
                  templateRef: web
                  secrets: [{id: creds, nameTemplate: %1$s-creds, waitForReady: false, spec: {stringData: {password: %2$s}}}]
                  deployments: [{id: web, nameTemplate: %1$s-web, spec: {template: {spec: {containers: [{env: [{name: A, value: %2$s}]}]}}}}]
                ---
                apiVersion: apps/v1
                kind: Deployment
                metadata:
                  name: %1$s-web
                  namespace: default
                  annotations: {secret: %2$s}
                  labels: {kubernetes-tenants.org/tenant: %1$s, kubernetes-tenants.org/tenant-namespace: default, team: %2$s}
                spec:
                  replicas: 1
                  selector: {matchLabels: {app: %1$s}}
                  template:
                    metadata: {labels: {app: %1$s}, annotations: {secret: %2$s}}
                    spec: {containers: [{name: c, image: "r/i:1", args: [%2$s], env: [{name: P, value: %2$s}]}]}
                """.formatted(name, CANARY));
        status(name, "{\"desiredResources\": 3, \"readyResources\": 3}");
    }

    /** Sets a tenant's status; JSON. */
    void status(String name, String status) {
        try (KubernetesClient client = server.client()) {
            client.genericKubernetesResources(TENANTS, "Tenant")
                    .inNamespace("default")
                    .withName(name)
                    .editStatus(tenant -> {
                        tenant.setAdditionalProperty("status", Serialization.unmarshal(status, Map.class));
                        return tenant;
                    });
        }
    }

    /** Rewrites a tenant without a change that anybody looks at, as operators do. */
    void rewrite(String name, int number) {
        try (KubernetesClient client = server.client()) {
            client.genericKubernetesResources(TENANTS, "Tenant")
                    .inNamespace("default")
                    .withName(name)
                    .edit(tenant -> {
                        tenant.getMetadata().setAnnotations(Map.of("extra", CANARY + number));
                        return tenant;
                    });
        }
    }

    /** The Deployment of {@link #withDeployment} gets so many of its one replica ready. */
    void deploymentReady(String tenant, int ready) {
        try (KubernetesClient client = server.client()) {
            client.apps()
                    .deployments()
                    .inNamespace("default")
                    .withName(tenant + "-web")
                    .editStatus(deployment -> new DeploymentBuilder(deployment)
                            .withNewStatus()
                            .withObservedGeneration(deployment.getMetadata().getGeneration())
                            .withReplicas(1)
                            .withUpdatedReplicas(1)
                            .withReadyReplicas(ready)
                            .withAvailableReplicas(ready)
                            .endStatus()
                            .build());
        }
    }
}
