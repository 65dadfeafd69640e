package io.tenantpulse.standalone.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.GenericKubernetesResourceList;
import io.fabric8.kubernetes.api.model.ListOptionsBuilder;
import io.fabric8.kubernetes.api.model.PodList;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.Watch;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A real Kubernetes client, configured by nothing but the demo's kubeconfig, lists and watches its clusters. */
@Timeout(300)
class DemoIT {
    @TempDir
    static Path dir;

    private static Demo demo;

    /** Writes down what a watch brings. */
    private static final class Notes implements Watcher<GenericKubernetesResource> {
        final ConcurrentLinkedQueue<GenericKubernetesResource> seen = new ConcurrentLinkedQueue<>();
        final ConcurrentLinkedQueue<WatcherException> ends = new ConcurrentLinkedQueue<>();

        @Override
        public void eventReceived(Action action, GenericKubernetesResource resource) {
            seen.add(resource);
        }

        @Override
        public void onClose(WatcherException cause) {
            ends.add(cause);
        }
    }

    @BeforeAll
    static void start() {
        demo = Demo.start(new DemoOptions(30, 5, 20, dir));
    }

    @AfterAll
    static void stop() {
        demo.close();
    }

    @Test
    void listsInPagesAndWatchesOn() {
        try (KubernetesClient client = client("prod-us")) {
            PodList pods = client.pods()
                    .inAnyNamespace()
                    .list(new ListOptionsBuilder().withLimit(5L).build());
            assertThat(pods.getItems()).hasSize(5);
            assertThat(pods.getMetadata().getContinue()).isNotEmpty();
            GenericKubernetesResourceList tenants = client.genericKubernetesResources("operator.lynq.sh/v1", "LynqNode")
                    .inAnyNamespace()
                    .list();
            assertThat(tenants.getItems()).isNotEmpty();

            Notes notes = new Notes();
            String from = tenants.getMetadata().getResourceVersion();
            try (Watch watch = client.genericKubernetesResources("operator.lynq.sh/v1", "LynqNode")
                    .inAnyNamespace()
                    .watch(new ListOptionsBuilder().withResourceVersion(from).build(), notes)) {
                await().atMost(Duration.ofSeconds(90)).until(() -> notes.seen.size() > 5);
                assertThat(watch).isNotNull();
            }
            assertThat(notes.seen)
                    .allMatch(
                            tenant -> Long.parseLong(tenant.getMetadata().getResourceVersion()) > Long.parseLong(from));
        }
    }

    @Test
    void endsAWatchFromAForgottenVersion() {
        try (KubernetesClient client = client("staging")) {
            String old = client.genericKubernetesResources("operator.kubernetes-tenants.org/v1", "Tenant")
                    .inAnyNamespace()
                    .list()
                    .getMetadata()
                    .getResourceVersion();
            demo.server("staging").store().forgetHistory();

            Notes notes = new Notes();
            try (Watch watch = client.genericKubernetesResources("operator.kubernetes-tenants.org/v1", "Tenant")
                    .inAnyNamespace()
                    .watch(new ListOptionsBuilder().withResourceVersion(old).build(), notes)) {
                await().atMost(Duration.ofSeconds(90)).until(() -> !notes.ends.isEmpty());
                assertThat(watch).isNotNull();
            }
            assertThat(notes.ends.peek().isHttpGone()).isTrue();
        }
    }

    @Test
    void livesAsFastAsItsClock() {
        await().atMost(Duration.ofSeconds(90))
                .untilAsserted(() -> assertThat(Duration.between(
                                demo.fleet().now(), demo.clock().instant()))
                        .isLessThan(Duration.ofSeconds(30)));
        assertThat(demo.contexts()).isEqualTo(List.of("prod-eu", "prod-us", "staging"));
    }

    private static KubernetesClient client(String context) {
        Config config = Config.fromKubeconfig(context, demo.kubeconfig().toFile());
        return new KubernetesClientBuilder()
                .withConfig(new ConfigBuilder(config)
                        .withRequestTimeout(20_000)
                        .withRequestRetryBackoffLimit(0)
                        .build())
                .build();
    }
}
