package io.tenantpulse.standalone;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import org.slf4j.LoggerFactory;

/** Changes what is logged while the process runs. */
final class LogLevels {
    private LogLevels() {}

    /** Nothing of these loggers is written any longer, unless everything was asked for. */
    static void silence(String... names) {
        if (LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME) instanceof Logger root
                && root.getLevel() != Level.DEBUG) {
            for (String name : names) {
                root.getLoggerContext().getLogger(name).setLevel(Level.OFF);
            }
        }
    }
}
