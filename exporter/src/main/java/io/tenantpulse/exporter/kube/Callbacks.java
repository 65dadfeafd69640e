package io.tenantpulse.exporter.kube;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;

/**
 * Runs the work of one connection and can tell when all that had begun at some instant has ended.
 *
 * <p>That is what a watermark's proof needs: the frames of a connection are decoded in order, and each is handed to its stream within the same piece of
 * work or within one that had already begun. So when the work has ended that had begun when a probe's answer was seen, no byte that came before that
 * answer is still on its way to its reader. Thread-safe.
 */
final class Callbacks implements Executor {
    private final Executor pool;
    private final Set<Object> unfinished = ConcurrentHashMap.newKeySet();

    /** @param pool where the work is done; must have a thread for each piece, for one may wait for another */
    Callbacks(Executor pool) {
        this.pool = pool;
    }

    @Override
    public void execute(Runnable work) {
        Object token = begin();
        boolean taken = false;
        try {
            pool.execute(() -> finish(token, work));
            taken = true;
        } finally {
            if (!taken) {
                unfinished.remove(token);
            }
        }
    }

    /** Does what may hand over bytes on the caller's own thread. */
    void here(Runnable work) {
        finish(begin(), work);
    }

    /** What has been asked for and has not ended. */
    Set<Object> unfinished() {
        return Set.copyOf(unfinished);
    }

    /** Whether all of that has ended. */
    boolean haveEnded(Set<Object> work) {
        return work.stream().noneMatch(unfinished::contains);
    }

    private Object begin() {
        Object token = new Object();
        unfinished.add(token);
        return token;
    }

    private void finish(Object token, Runnable work) {
        try {
            work.run();
        } finally {
            unfinished.remove(token);
        }
    }
}
