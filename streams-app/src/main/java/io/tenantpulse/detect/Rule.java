package io.tenantpulse.detect;

import io.tenantpulse.trends.SurgeThreshold;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A rule of tenants, registries or scopes: what must hold, how long, and how bad it is.
 *
 * @param name name of the alert, unique
 * @param hold how long the condition must hold; zero or more; of {@code DEPENDENCY_STUCK} beyond the blocker's own timeout
 * @param keepFiring how long the alert stays firing after the condition ended; zero or more
 * @param rate of {@code FLAPPING}, and of it alone
 * @param surge of {@code MISMATCH_SURGE}, and of it alone
 */
public record Rule(
        String name,
        Predicate predicate,
        Duration hold,
        Severity severity,
        Duration keepFiring,
        @Nullable Rate rate,
        @Nullable SurgeThreshold surge) {

    /** What can be asked of a tenant or a registry; a rules file names these in kebab case. */
    public enum Predicate {
        /** ready ≠ desired, desired > 0, failed = 0. */
        COUNT_MISMATCH(false),
        /** failed > 0. */
        RESOURCES_FAILED(false),
        /** Ready = False. */
        READY_FALSE(false),
        /** Ready = Unknown. */
        READY_UNKNOWN(false),
        /** Degraded = True; its reason is part of the alert's identity. */
        DEGRADED_TRUE(false),
        /** Conflicted = True. */
        CONFLICTED_TRUE(false),
        /** By our own reading a resource that must be ready is not, or does not exist. */
        NOT_CONVERGED(true),
        /**
         * A resource is not ready or absent, and one that it depends on has been not ready for longer than its own timeout;
         * or the dependencies have a cycle or name an id that does not exist.
         */
        DEPENDENCY_STUCK(true),
        /** The operator's counts contradict the owned objects, or it lags behind the tenant's generation. */
        STATUS_DRIFT(true),
        /** Own readiness, or the mismatch of the operator's counts, comes and goes. */
        FLAPPING(true),
        /** Of a registry: failed > 5, or failed / desired > 0.5 with desired > 0. */
        REGISTRY_MANY_FAILED(false),
        /** Of a registry: 0 < failed ≤ 5. */
        REGISTRY_FAILED(false),
        /** Of a registry: ready ≠ desired, desired > 0, failed = 0. */
        REGISTRY_COUNT_MISMATCH(false),
        /** Of a cluster, registry or template: many more of its tenants are unhealthy than usual, pending ones too. */
        MISMATCH_SURGE(true);

        private final boolean readsResources;

        Predicate(boolean readsResources) {
            this.readsResources = readsResources;
        }

        /** Whether it is asked of registries, not of tenants. */
        public boolean isOfRegistry() {
            return this == REGISTRY_MANY_FAILED || this == REGISTRY_FAILED || this == REGISTRY_COUNT_MISMATCH;
        }

        /** Whether it is asked of clusters, registries and templates, by windows of their tenants. */
        public boolean isOfScope() {
            return this == MISMATCH_SURGE;
        }

        /** Whether it reads the tenant's resources beside its own object. */
        boolean readsResources() {
            return readsResources;
        }
    }

    /**
     * How often something must turn within a window for flapping, and how seldom for that to be over. A turn exactly one
     * window ago no longer counts.
     *
     * @param window more than zero
     * @param high turns with which it begins; 2 to 100
     * @param low turns with which it is over; zero or more, less than {@code high}
     */
    public record Rate(Duration window, int high, int low) {
        /** As many turns are remembered of each tenant. */
        public static final int HIGHEST = 100;

        public Rate {
            if (window.isNegative() || window.isZero()) {
                throw new IllegalArgumentException("window must be more than zero: " + window);
            }
            if (high < 2 || high > HIGHEST) {
                throw new IllegalArgumentException("high must be 2 to " + HIGHEST + ": " + high);
            }
            if (low < 0 || low >= high) {
                throw new IllegalArgumentException(
                        "low must be zero or more and less than high (" + high + "): " + low);
            }
        }
    }

    public Rule {
        if (hold.isNegative()) {
            throw new IllegalArgumentException("hold of rule " + name + " must not be negative: " + hold);
        }
        if (keepFiring.isNegative()) {
            throw new IllegalArgumentException("keepFiring of rule " + name + " must not be negative: " + keepFiring);
        }
        if ((rate != null) != (predicate == Predicate.FLAPPING)) {
            throw new IllegalArgumentException("rule " + name + ": a rate belongs to flapping, and to it alone");
        }
        if ((surge != null) != (predicate == Predicate.MISMATCH_SURGE)) {
            throw new IllegalArgumentException("rule " + name + ": a threshold belongs to a surge, and to it alone");
        }
    }

    /** A rule of tenants or registries. */
    public Rule(
            String name,
            Predicate predicate,
            Duration hold,
            Severity severity,
            Duration keepFiring,
            @Nullable Rate rate) {
        this(name, predicate, hold, severity, keepFiring, rate, null);
    }

    /** A rule without a rate, which is every one of tenants and registries but flapping. */
    public Rule(String name, Predicate predicate, Duration hold, Severity severity, Duration keepFiring) {
        this(name, predicate, hold, severity, keepFiring, null, null);
    }
}
