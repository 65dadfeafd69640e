package io.tenantpulse.bench.detector;

import io.tenantpulse.config.StreamsAppConfig;
import io.tenantpulse.detect.Rules;
import io.tenantpulse.schema.Topics;
import io.tenantpulse.topology.DetectorApp;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/** Ours, as it runs in production. */
final class DetectorContender implements Contender {
    private final DetectorApp app;
    private final StreamsProgress progress;

    DetectorContender(Job job) {
        this.app = app(job, Rules.builtIn());
        this.progress = new StreamsProgress(app.streams(), job.topic());
    }

    static DetectorApp app(Job job, Rules rules) {
        String log = job.topic().substring(0, job.topic().lastIndexOf('.'));
        return new DetectorApp(config(job), Topics.of(log, LogSpec.PARTITIONS), rules, job.exactlyOnce());
    }

    /** As it runs in production, but for patience. */
    static StreamsAppConfig config(Job job) {
        StreamsAppConfig usual =
                StreamsAppConfig.of(job.bootstrapServers(), job.registryUrl(), Path.of(job.stateDir()));
        Map<String, String> settings = new TreeMap<>(StreamsProgress.PATIENCE);
        settings.put("num.stream.threads", String.valueOf(job.threads()));
        return new StreamsAppConfig(
                job.prefix(),
                null,
                usual.stateDir(),
                job.prefix(),
                LogSpec.PARTITIONS,
                usual.replication(),
                null,
                StreamsAppConfig.Http.OFF,
                usual.kafka(),
                settings,
                usual.registry(),
                usual.metricTenants());
    }

    @Override
    public void start() throws InterruptedException {
        app.start();
    }

    @Override
    public long processed() {
        return progress.processed();
    }

    @Override
    public void close() throws IOException {
        app.close();
    }
}
