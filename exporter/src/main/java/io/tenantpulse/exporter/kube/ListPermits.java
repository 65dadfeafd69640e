package io.tenantpulse.exporter.kube;

import java.io.IOException;
import java.util.concurrent.Semaphore;

/**
 * How many lists run at the same time: of one cluster, and of all clusters together. A cluster that cannot be reached holds no permit that others need.
 */
final class ListPermits {
    private final Semaphore ofCluster;
    private final Semaphore ofAll;

    /** @param ofAll what the clusters share */
    ListPermits(int ofCluster, Semaphore ofAll) {
        this.ofCluster = new Semaphore(ofCluster);
        this.ofAll = ofAll;
    }

    /**
     * Waits until a list may run and there is a connection for it; {@link #release} must follow.
     *
     * @throws IOException if the exporter is closing
     */
    void acquire(KubeLink link) throws IOException, InterruptedException {
        ofCluster.acquire();
        boolean done = false;
        try {
            while (!done) {
                link.awaitConnected();
                ofAll.acquire();
                done = link.isConnected();
                if (!done) {
                    ofAll.release();
                }
            }
        } finally {
            if (!done) {
                ofCluster.release();
            }
        }
    }

    void release() {
        ofAll.release();
        ofCluster.release();
    }
}
