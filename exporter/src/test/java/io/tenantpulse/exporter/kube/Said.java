package io.tenantpulse.exporter.kube;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.LoggerFactory;

/** What a class logs while this is open. */
final class Said implements AutoCloseable {
    private final Logger logger;
    private final ListAppender<ILoggingEvent> appender = new ListAppender<>();

    Said(Class<?> by) {
        logger = (Logger) LoggerFactory.getLogger(by);
        appender.list = new CopyOnWriteArrayList<>(); // it grows while a test reads it
        appender.start();
        logger.addAppender(appender);
    }

    List<ILoggingEvent> events() {
        return List.copyOf(appender.list);
    }

    /** Whether the value of some key contains the text. */
    boolean names(String text) {
        return events().stream()
                .anyMatch(event -> String.valueOf(event.getKeyValuePairs()).contains(text));
    }

    @Override
    public void close() {
        logger.detachAppender(appender);
    }
}
