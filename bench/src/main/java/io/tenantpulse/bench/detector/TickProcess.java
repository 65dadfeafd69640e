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
 * due, but some tenants that broke at one instant have deadlines ahead and are looked at for their cause: one of a hundred,
 * and, however many there are, ten.
 */
public final class TickProcess {
    static final String RESULT = "TICKS ";

    /** Who is in trouble is looked at after 2^n half minutes: what is measured lies between the fourth and the eighth minute. */
    private static final int WARM_UPS = 50;

    private static final int TICKS = 94;
    private static final int ONE_OF = 100;
    private static final int FEW = 10;

    private static final double NANOS_PER_MILLI = 1e6;

    /**
     * Milliseconds of CPU that one tick of all clusters takes in a task.
     *
     * @param max the longest where one tenant of a hundred broke
     * @param fewMax the longest where ten did
     */
    public record Ticks(int tenants, double median, double max, double fewMax) {}

    private TickProcess() {}

    public static void main(String[] args) throws IOException {
        Quiet.install();
        List<Ticks> all = new ArrayList<>();
        for (int i = 1; i < args.length; i++) {
            int tenants = Integer.parseInt(args[i]);
            double[] share = ticks(Path.of(args[0], "ticks-" + i), tenants, Math.max(1, tenants / ONE_OF));
            double[] few = ticks(Path.of(args[0], "ticks-few-" + i), tenants, FEW);
            all.add(new Ticks(tenants, share[share.length / 2], share[share.length - 1], few[few.length - 1]));
        }
        System.out.println(RESULT + new ObjectMapper().writeValueAsString(all.toArray(Ticks[]::new)));
        System.out.flush();
        Runtime.getRuntime().halt(0);
    }

    /** In ascending order. */
    private static double[] ticks(Path folder, int tenants, int inTrouble) throws IOException {
        try (DetectorRig rig = new DetectorRig(folder, true)) {
            RiggedFleet fleet = new RiggedFleet(rig, tenants, inTrouble);
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
            return millis;
        }
    }
}
