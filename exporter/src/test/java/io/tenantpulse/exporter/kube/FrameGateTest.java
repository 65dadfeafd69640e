package io.tenantpulse.exporter.kube;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.tenantpulse.exporter.Role;
import io.tenantpulse.exporter.WatchedKind;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class FrameGateTest {
    private final FrameGate gate = new FrameGate(WatchedKind.ALL);

    private CompletableFuture<Void> passes(WatchedKind kind) {
        return CompletableFuture.runAsync(() -> {
            try {
                gate.awaitEarlier(kind);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    private void settle(Predicate<WatchedKind> kinds) {
        WatchedKind.ALL.stream().filter(kinds).forEach(gate::settle);
    }

    private static void assertWaits(CompletableFuture<Void> passing) {
        assertThatExceptionOfType(TimeoutException.class).isThrownBy(() -> passing.get(50, TimeUnit.MILLISECONDS));
    }

    @Test
    void waitsForTheKindsThatLeadToTheTenant() throws Exception {
        CompletableFuture<Void> service = passes(WatchedKind.SERVICE);
        CompletableFuture<Void> pod = passes(WatchedKind.POD);
        assertWaits(service);

        settle(kind -> kind.role() == Role.TENANT);
        service.get(30, TimeUnit.SECONDS);
        assertWaits(pod);

        settle(kind -> kind.role() == Role.WORKLOAD);
        pod.get(30, TimeUnit.SECONDS);
    }

    /** A broken conversion of a template, say, fails its list for ever. */
    @Test
    void waitsForNoKindThatOwnsNothing() throws Exception {
        settle(kind -> kind.role() == Role.TENANT || kind.role() == Role.WORKLOAD);

        for (WatchedKind kind : WatchedKind.ALL) {
            if (kind != WatchedKind.EVENT) {
                passes(kind).get(30, TimeUnit.SECONDS);
            }
        }
        assertWaits(passes(WatchedKind.EVENT));
        gate.close();
        assertThat(passes(WatchedKind.EVENT).get(30, TimeUnit.SECONDS)).isNull();
    }
}
