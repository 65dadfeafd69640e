package io.tenantpulse.diagnose;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantpulse.diagnose.Picture.Pod;
import org.junit.jupiter.api.Test;

class ContainerConfigTest {
    private static Cause cause(String reason, String message) {
        return new Picture()
                .needs("api", "Deployment")
                .workload("api", 1, 1, 0)
                .pod(Pod.of("api").waiting(reason, message))
                .cause();
    }

    @Test
    void namesTheSecretOrConfigMapThatIsMissing() {
        Cause secret = cause("CreateContainerConfigError", "secret \"acme-credentials\" not found");
        Cause map = cause("CreateContainerConfigError", "configmap \"acme-cfg\" not found");
        Cause key = cause("CreateContainerConfigError", "couldn't find key url in Secret ns/acme-db");

        assertThat(secret.word()).isEqualTo(CauseWord.CONTAINER_CONFIG);
        assertThat(secret.subject()).isEqualTo("Secret acme-credentials");
        assertThat(map.subject()).isEqualTo("ConfigMap acme-cfg");
        assertThat(key.subject()).isEqualTo("Secret acme-db");
    }

    @Test
    void tellsHowToSeeWhetherItExists() {
        assertThat(cause("CreateContainerConfigError", "secret \"acme-credentials\" not found")
                        .remedies())
                .extracting(each -> each.command(null))
                .contains("kubectl get secret acme-credentials -n ns");
    }

    @Test
    void aMessageOfAnotherKindIsNotGuessedAt() {
        Cause cause = cause("CreateContainerError", "failed to reserve container name");

        assertThat(cause.word()).isEqualTo(CauseWord.CONTAINER_CONFIG);
        assertThat(cause.subject()).isNull();
    }
}
