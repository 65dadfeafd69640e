package io.tenantpulse.exporter.kube;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ListPermitsTest {
    private final Semaphore ofAll = new Semaphore(1, true);
    private final KubeLink neverConnected = new KubeLink(() -> {
        throw new AssertionError("nobody connects it");
    });

    @Test
    void aClusterThatIsAwayHoldsNoPermitThatOthersNeed() {
        ListPermits permits = new ListPermits(1, ofAll);
        CompletableFuture<Throwable> ended = new CompletableFuture<>();
        Thread waiting = new Thread(() -> {
            try {
                permits.acquire(neverConnected);
                ended.complete(new AssertionError("acquired without a connection"));
            } catch (IOException | InterruptedException e) {
                ended.complete(e);
            }
        });
        waiting.start();
        await().atMost(Duration.ofSeconds(30)).until(() -> waiting.getState() == Thread.State.WAITING);

        assertThat(ofAll.availablePermits()).isEqualTo(1);

        neverConnected.close();
        assertThat(ended.join()).isInstanceOf(IOException.class).hasMessageContaining("closing");
        assertThat(ofAll.availablePermits()).isEqualTo(1);
    }

    @Test
    void givesTheClustersPermitBackWhenThereIsNothingToListFrom() {
        ListPermits permits = new ListPermits(1, ofAll);
        neverConnected.close();

        for (int i = 0; i < 3; i++) {
            assertThat(CompletableFuture.supplyAsync(() -> failure(permits))
                            .orTimeout(30, java.util.concurrent.TimeUnit.SECONDS)
                            .join())
                    .contains("closing");
        }
    }

    private String failure(ListPermits permits) {
        try {
            permits.acquire(neverConnected);
            return "";
        } catch (IOException e) {
            return String.valueOf(e.getMessage());
        } catch (InterruptedException e) {
            throw new CompletionException(e);
        }
    }
}
