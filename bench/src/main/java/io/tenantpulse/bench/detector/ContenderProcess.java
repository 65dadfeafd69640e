package io.tenantpulse.bench.detector;

/** One of the contenders on our own class path, as a process: {@code JOB}. */
public final class ContenderProcess {
    private ContenderProcess() {}

    public static void main(String[] args) throws Exception {
        MeasuredRun.main(args, ContenderProcess::contender);
    }

    private static Contender contender(Job job) {
        return switch (Entrant.Make.valueOf(job.contender())) {
            case POLL -> new Transport(job, false);
            case COPY -> new Transport(job, true);
            case NOTHING -> new IdleApp(job);
            case OURS -> new DetectorContender(job);
            case ORDINARY -> new OrdinaryApp(job);
            case FLINK_HEAP, FLINK_ROCKSDB ->
                throw new IllegalArgumentException(job.contender() + " has a class path of its own");
        };
    }
}
