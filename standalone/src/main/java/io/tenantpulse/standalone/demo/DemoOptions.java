package io.tenantpulse.standalone.demo;

import java.nio.file.Path;

/**
 * What a demo is like.
 *
 * @param speed simulated seconds for each real one; more than zero
 * @param seed the same seed gives the same fleet and the same lives
 * @param tenants about how many tenants there are at the start; 1 to 2000
 * @param dir where the kubeconfig is written
 */
public record DemoOptions(double speed, long seed, int tenants, Path dir) {
    private static final int MAX_TENANTS = 2000;

    /** @throws IllegalArgumentException if a value is out of its range */
    public DemoOptions {
        if (!(speed > 0)) {
            throw new IllegalArgumentException("the demo's speed must be more than 0, not " + speed);
        }
        if (tenants < 1 || tenants > MAX_TENANTS) {
            throw new IllegalArgumentException(
                    "the demo's tenants must be 1 to %d, not %d".formatted(MAX_TENANTS, tenants));
        }
    }
}
