package io.tenantpulse.bench.detector;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.tenantpulse.bench.Cpu;
import io.tenantpulse.topology.DetectorRig;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What a watermark costs a task that holds many tenants, its stores as in production: {@code FOLDER TENANTS…}. Nothing is
 * due, but one tenant of a hundred has deadlines ahead.
 */
public final class TickProcess {
    static final String RESULT = "TICKS ";

    /** Who is in trouble is looked at after 2^n half minutes: what is measured lies between the fourth and the eighth minute. */
    private static final int WARM_UPS = 50;

    private static final int TICKS = 94;

    private static final double NANOS_PER_MILLI = 1e6;
    private static final double PERCENTILE = 0.99;

    /** Milliseconds of CPU that one tick of all clusters takes in a task. */
    public record Ticks(int tenants, double median, double p99, double max) {}

    private TickProcess() {}

    public static void main(String[] args) throws IOException {
        Quiet.install();
        List<Ticks> all = new ArrayList<>();
        for (int i = 1; i < args.length; i++) {
            Ticks ticks = ticks(Path.of(args[0], "ticks-" + i), Integer.parseInt(args[i]));
            all.add(ticks);
        }
        System.out.println(RESULT + new ObjectMapper().writeValueAsString(all.toArray(Ticks[]::new)));
        System.out.flush();
        Runtime.getRuntime().halt(0);
    }

    private static Ticks ticks(Path folder, int tenants) throws IOException {
        try (DetectorRig rig = new DetectorRig(folder, true)) {
            RiggedFleet fleet = new RiggedFleet(rig, tenants);
            fleet.begin();
            double[] millis = new double[TICKS - WARM_UPS];
            for (int i = 0; i < TICKS; i++) {
                long before = Cpu.threadNanos();
                fleet.tick();
                if (i >= WARM_UPS) {
                    millis[i - WARM_UPS] = (Cpu.threadNanos() - before) / NANOS_PER_MILLI;
                }
            }
            Arrays.sort(millis);
            return new Ticks(
                    tenants,
                    millis[millis.length / 2],
                    millis[(int) (millis.length * PERCENTILE)],
                    millis[millis.length - 1]);
        }
    }
}
