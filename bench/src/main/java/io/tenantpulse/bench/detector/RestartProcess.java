package io.tenantpulse.bench.detector;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.tenantpulse.bench.Cpu;
import io.tenantpulse.detect.Rules;
import io.tenantpulse.topology.DetectorApp;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StoreQueryParameters;
import org.apache.kafka.streams.state.QueryableStoreTypes;

/** Starts the detector that has worked off a log before, and tells how long it takes to be back: {@code JOB}. */
public final class RestartProcess {
    static final String RESULT = "RESTART ";

    private static final long POLL_MILLIS = 5;
    private static final long BOUND_NANOS = TimeUnit.MINUTES.toNanos(10);
    private static final double NANOS = 1e9;

    /**
     * How it came back.
     *
     * @param runningSeconds from the start until every task worked
     * @param answeringSeconds until a query of the tenants was answered, too
     * @param restored entries read from changelogs
     * @param tenants remembered then
     */
    public record Restart(
            double runningSeconds, double answeringSeconds, double cpuSeconds, long restored, long tenants) {}

    private RestartProcess() {}

    public static void main(String[] args) throws Exception {
        Quiet.install();
        try (DetectorApp app = DetectorContender.app(Job.fromJson(args[0]), Rules.builtIn())) {
            long begin = System.nanoTime();
            long cpu = Cpu.steadyNanos();
            app.start();
            await(begin, app);
            double running = (System.nanoTime() - begin) / NANOS;
            long tenants = app.streams()
                    .store(StoreQueryParameters.fromNameAndType("tenants", QueryableStoreTypes.keyValueStore()))
                    .approximateNumEntries();
            Restart restart = new Restart(
                    running,
                    (System.nanoTime() - begin) / NANOS,
                    (Cpu.steadyNanos() - cpu) / NANOS,
                    app.restored(),
                    tenants);
            System.out.println(RESULT + new ObjectMapper().writeValueAsString(restart));
        }
        System.out.flush();
        Runtime.getRuntime().halt(0);
    }

    private static void await(long begin, DetectorApp app) throws InterruptedException {
        while (app.streams().state() != KafkaStreams.State.RUNNING) {
            if (System.nanoTime() - begin > BOUND_NANOS) {
                throw new IllegalStateException(
                        "the detector is still " + app.streams().state());
            }
            TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
        }
    }
}
