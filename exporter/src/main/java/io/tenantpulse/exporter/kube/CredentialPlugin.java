package io.tenantpulse.exporter.kube;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.OAuthTokenProvider;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The program that a kubeconfig names for the credentials of a user. It may hang, and fabric8 would start it within a request: here it runs on a thread of
 * its own, once at a time, while the last token serves. Thread-safe.
 */
final class CredentialPlugin implements OAuthTokenProvider {
    /** As often as fabric8 asks for credentials anew. */
    private static final long FRESH_NANOS = TimeUnit.MINUTES.toNanos(1);

    private static final Executor THREADS = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "credential-plugin");
        thread.setDaemon(true);
        return thread;
    });

    private final Supplier<Config> run;
    private final String user;
    private @Nullable CompletableFuture<Config> running;
    private String token = "";
    private long tokenNanos;

    /**
     * @param run runs the program and waits for it
     * @param user names its user in messages
     */
    CredentialPlugin(Supplier<Config> run, String user) {
        this.run = run;
        this.user = user;
    }

    /**
     * What the program gives now; waits for one that runs already instead of starting another.
     *
     * @throws KubeAccessException if it fails, or does not end in that time
     */
    Config read(Duration patience) {
        CompletableFuture<Config> present = begun();
        try {
            return present.get(patience.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            throw new KubeAccessException(
                    user + ": its credential plugin gives no answer within " + patience.toSeconds()
                            + " s and is waited for: run its command by hand, it must not ask for input");
        } catch (ExecutionException e) {
            throw e.getCause() instanceof KubeAccessException refused
                    ? refused
                    : new KubeAccessException(user + ": its credential plugin cannot be run: check its exec entry");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KubeAccessException(user + ": interrupted while its credential plugin ran");
        }
    }

    /** The last token; the program is asked for a new one meanwhile if that is no longer fresh. */
    @Override
    public String getToken() {
        synchronized (this) {
            if (System.nanoTime() - tokenNanos < FRESH_NANOS) {
                return token;
            }
        }
        begun();
        synchronized (this) {
            return token;
        }
    }

    private synchronized CompletableFuture<Config> begun() {
        CompletableFuture<Config> present = running;
        if (present == null) {
            present = new CompletableFuture<>();
            running = present;
            CompletableFuture<Config> started = present;
            THREADS.execute(() -> finish(started));
        }
        return present;
    }

    private void finish(CompletableFuture<Config> started) {
        Config config = null;
        Throwable failure = null;
        try {
            config = run.get();
        } catch (RuntimeException | Error e) {
            failure = e;
        }
        synchronized (this) {
            running = null;
            tokenNanos = System.nanoTime();
            String given = config == null ? null : config.getAutoOAuthToken();
            token = given == null || given.isEmpty() ? token : given;
        }
        if (config != null) {
            started.complete(config);
        } else {
            started.completeExceptionally(failure);
        }
    }
}
