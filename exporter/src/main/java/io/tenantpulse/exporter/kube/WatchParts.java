package io.tenantpulse.exporter.kube;

import io.tenantpulse.exporter.ClusterLog;
import io.tenantpulse.exporter.ExporterConfig.Timing;
import io.tenantpulse.exporter.Meters;
import java.time.InstantSource;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * What the watches of one cluster share.
 *
 * @param lists permits for lists that run at the same time
 * @param skewMillis the API server's clock minus ours
 * @param onFault a kind's watch ended by a fault: the cluster must begin anew
 */
record WatchParts(
        String cluster,
        KubeLink link,
        ClusterLog log,
        Coverage coverage,
        FrameGate gate,
        Discovery discovery,
        ListPermits lists,
        Timing timing,
        int pageSize,
        InstantSource clock,
        LongSupplier skewMillis,
        Meters.OfCluster meters,
        Consumer<RuntimeException> onFault) {}
