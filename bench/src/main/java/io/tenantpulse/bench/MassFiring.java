package io.tenantpulse.bench;

import io.tenantpulse.topology.DetectorRig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Many tenants that fire in one watermark: what each alert costs with its diagnosis. */
final class MassFiring {
    private static final double MICROS = 1e3;

    private final int tenants;
    private final int resources;
    private final int warmUps;
    private final int rounds;

    MassFiring(int tenants, int resources, int warmUps, int rounds) {
        this.tenants = tenants;
        this.resources = resources;
        this.warmUps = warmUps;
        this.rounds = rounds;
    }

    private record Round(double firing, double decoding, double resolving, long transitions) {}

    String report() throws IOException {
        List<Round> made = new ArrayList<>();
        Path folder = Files.createTempDirectory("tenant-pulse-bench");
        try (DetectorRig rig = new DetectorRig(folder, true)) {
            LargeTenant fleet = new LargeTenant(rig, resources, resources / 2);
            fleet.begin(tenants);
            for (int round = 0; round < warmUps + rounds; round++) {
                Round one = round(rig, fleet);
                if (round >= warmUps) {
                    made.add(one);
                }
            }
        } finally {
            TenantEvents.delete(folder);
        }
        return text(made);
    }

    private Round round(DetectorRig rig, LargeTenant fleet) {
        for (int tenant = 0; tenant < tenants; tenant++) {
            fleet.deployment(tenant, 0, false);
            fleet.pod(tenant, 0, "ImagePullBackOff");
            fleet.counts(tenant, resources - 1);
        }
        long said = rig.transitions();
        double firing = micros(() -> fleet.watermark(Duration.ofMinutes(20)));
        long transitions = rig.transitions() - said;
        double decoding = micros(() -> {
            for (int tenant = 0; tenant < tenants; tenant++) {
                rig.readAll(LargeTenant.id(tenant));
            }
        });
        double resolving = micros(() -> {
            for (int tenant = 0; tenant < tenants; tenant++) {
                fleet.deployment(tenant, 0, true);
                fleet.pod(tenant, 0, null);
                fleet.counts(tenant, resources);
            }
        });
        fleet.watermark(Duration.ofMinutes(20));
        return new Round(firing, decoding, resolving, transitions);
    }

    private static double micros(Runnable action) {
        long nanos = Cpu.threadNanos();
        action.run();
        return (Cpu.threadNanos() - nanos) / MICROS;
    }

    private String text(List<Round> made) {
        double firing = median(made.stream().map(Round::firing).toList());
        double decoding = median(made.stream().map(Round::decoding).toList());
        double resolving = median(made.stream().map(Round::resolving).toList());
        long transitions = made.get(0).transitions;
        return String.format(
                Locale.ROOT,
                "### %d tenants with %d resources and a pod each fire in one watermark; CPU of the detector's thread%n%n"
                        + "| | of reading all their objects | µs a tenant | µs a transition |%n|---|---|---|---|%n"
                        + "| fire, %d transitions | %.2f | %.0f | %.0f |%n| recover, 3 events each | %.2f | %.0f | |%n",
                tenants,
                resources,
                transitions,
                firing / decoding,
                firing / tenants,
                firing / transitions,
                resolving / decoding,
                resolving / tenants);
    }

    private static double median(List<Double> all) {
        return all.stream().sorted().toList().get(all.size() / 2);
    }
}
