package io.tenantpulse.exporter.kube;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.tenantpulse.testkit.RealApiServer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Changes tenants of a real API server all the time, each time so that it is news, and remembers every version that the server gave them. */
final class Churn implements AutoCloseable {
    private static final String TENANTS = "operator.kubernetes-tenants.org/v1";

    private final KubernetesClient client;
    private final List<String> names;
    private final List<String> versions = new ArrayList<>();
    private final Thread thread = new Thread(this::run, "churn");
    private volatile boolean closed;
    private volatile int refused;

    /** Begins at once; the tenants must be there. */
    Churn(RealApiServer server, String... names) {
        this.client = server.client();
        this.names = List.of(names);
        thread.start();
    }

    /** Versions that were made so far, as {@code uid@resourceVersion}, in the order of the API server. */
    synchronized List<String> versions() {
        return List.copyOf(versions);
    }

    /** Writes that the server did not take. */
    int refused() {
        return refused;
    }

    /** Makes no more changes. */
    void stop() throws InterruptedException {
        closed = true;
        thread.join(TimeUnit.SECONDS.toMillis(30));
    }

    @Override
    public void close() {
        closed = true;
        client.close();
    }

    private void run() {
        for (int i = 0; !closed; i++) {
            try {
                GenericKubernetesResource changed = client.genericKubernetesResources(TENANTS, "Tenant")
                        .inNamespace("default")
                        .withName(names.get(i % names.size()))
                        .subresource("status")
                        .patch(
                                PatchContext.of(PatchType.JSON_MERGE),
                                "{\"status\":{\"desiredResources\":1000000,\"readyResources\":" + i + "}}");
                synchronized (this) {
                    versions.add(changed.getMetadata().getUid() + "@"
                            + changed.getMetadata().getResourceVersion());
                }
                TimeUnit.MILLISECONDS.sleep(5);
            } catch (KubernetesClientException e) {
                refused++;
            } catch (InterruptedException e) {
                return;
            }
        }
    }
}
