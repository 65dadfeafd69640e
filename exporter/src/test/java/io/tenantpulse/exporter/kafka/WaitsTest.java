package io.tenantpulse.exporter.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class WaitsTest {
    private final Logger logger = (Logger) LoggerFactory.getLogger("waits-test");
    private final ListAppender<ILoggingEvent> said = new ListAppender<>();
    private long now = 17;

    @Test
    void saysItAtOnceAndThenOnceInEveryInterval() {
        said.start();
        logger.addAppender(said);
        logger.setAdditive(false);
        Waits waits = new Waits(logger, () -> now);
        Duration step = Duration.ofSeconds(1);

        for (Duration at = Duration.ZERO; at.compareTo(Waits.EVERY) < 0; at = at.plus(step)) {
            waits.say("waiting", new IllegalStateException("down"));
            now += step.toNanos();
        }
        assertThat(said.list).hasSize(1);
        waits.say("waiting", new IllegalStateException("down"));

        assertThat(said.list).hasSize(2);
        assertThat(said.list.get(1).getKeyValuePairs().toString()).contains("down");
    }
}
