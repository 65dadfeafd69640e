package io.tenantpulse.bench.flink;

import io.tenantpulse.bench.detector.MeasuredRun;

/** Flink's contender as a process: {@code JOB}. */
public final class FlinkProcess {
    private FlinkProcess() {}

    public static void main(String[] args) throws Exception {
        MeasuredRun.main(args, FlinkContender::new);
    }
}
