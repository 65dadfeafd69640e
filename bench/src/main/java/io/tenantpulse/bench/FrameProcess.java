package io.tenantpulse.bench;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tenantpulse.exporter.Batch;
import io.tenantpulse.exporter.ExporterApp;
import io.tenantpulse.exporter.ExporterConfig;
import io.tenantpulse.exporter.LogRecord;
import io.tenantpulse.schema.AvroLimits;
import io.tenantpulse.v1.ClusterMark;
import io.tenantpulse.v1.MarkType;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.List;
import org.slf4j.LoggerFactory;

/** An exporter as a process of its own whose log only encodes: prints what it has cost so far whenever a frame is complete. */
public final class FrameProcess {
    private final EncodedLog encoded = new EncodedLog();

    private FrameProcess() {}

    /** {@code KUBECONFIG}: runs until it is killed. */
    public static void main(String[] args) throws InterruptedException {
        ((Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME)).setLevel(Level.WARN);
        AvroLimits.install();
        ExporterConfig config = ExporterConfig.of(
                        List.of(new ExporterConfig.Cluster("bench", null, Path.of(args[0]), false)),
                        "none:9092",
                        "http://none")
                .withHttp(ExporterConfig.Http.OFF);
        FrameProcess process = new FrameProcess();
        ExporterApp app = new ExporterApp(config, process::accept, new SimpleMeterRegistry(), null);
        app.start();
        app.await();
    }

    private void accept(Batch batch) {
        encoded.accept(batch);
        for (LogRecord each : batch.records()) {
            if (each.value() instanceof ClusterMark mark && mark.getType() == MarkType.SYNC_END) {
                System.out.println("SYNC_END " + mark.getKind() + " " + Cpu.processNanos() / 1_000_000 + " "
                        + encoded.records() + " " + encoded.bytes() + " "
                        + ManagementFactory.getRuntimeMXBean().getUptime());
            }
        }
    }
}
