package io.tenantpulse.exporter.kube;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tenantpulse.exporter.Batch;
import io.tenantpulse.exporter.ExporterApp;
import io.tenantpulse.exporter.WatchedKind;
import io.tenantpulse.v1.ClusterMark;
import io.tenantpulse.v1.KindState;
import io.tenantpulse.v1.MarkType;
import java.nio.file.Path;

/** An exporter in a process of its own, to be stopped and continued by signals: tells its marks about tenants, one a line. */
final class StoppedExporter {
    private StoppedExporter() {}

    /** @param arguments path of a kubeconfig */
    public static void main(String[] arguments) throws InterruptedException {
        try (ExporterApp app = new ExporterApp(
                FaultRig.config(FaultRig.cluster(Path.of(arguments[0])), FaultRig.quick()),
                StoppedExporter::tell,
                new SimpleMeterRegistry(),
                null)) {
            app.start();
            app.await();
        }
    }

    private static void tell(Batch batch) {
        batch.records().forEach(record -> {
            if (record.value() instanceof ClusterMark mark) {
                tell(mark);
            }
        });
    }

    private static void tell(ClusterMark mark) {
        String tenant = WatchedKind.TENANT.name();
        if (mark.getType() == MarkType.GAP && mark.getKinds().contains(tenant)) {
            System.out.println("GAP");
        } else if (mark.getType() == MarkType.WATERMARK
                && mark.getCoverage().stream()
                        .anyMatch(each -> each.getKind().equals(tenant) && each.getState() == KindState.LIVE)) {
            System.out.println("WATERMARK LIVE");
        }
    }
}
