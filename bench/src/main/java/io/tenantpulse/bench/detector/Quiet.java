package io.tenantpulse.bench.detector;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import io.tenantpulse.schema.AvroLimits;
import org.slf4j.LoggerFactory;

/** How every process of the benchmark begins: only errors are logged, for a log would be work that is counted. */
final class Quiet {
    private Quiet() {}

    static void install() {
        ((Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME)).setLevel(Level.ERROR);
        AvroLimits.install();
    }
}
