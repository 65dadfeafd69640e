package io.tenantpulse.standalone;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Remembers how far a demo's time has come, for a demo that runs fast is soon ahead of the wall clock, and the log's time
 * must not go back when it is started again.
 */
final class DemoTime implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(DemoTime.class);
    private static final String FILE = "demo-time";
    /** How much of real time may pass between the last note and a kill. */
    private static final Duration SLACK = Duration.ofSeconds(2);

    private final Path file;
    private final InstantSource clock;
    private final ScheduledExecutorService notes = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "demo-time");
        thread.setDaemon(true);
        return thread;
    });

    private DemoTime(Path file, InstantSource clock) {
        this.file = file;
        this.clock = clock;
    }

    /** When a demo on this data begins: now, or where the last one came to if that is later. */
    static Clock begin(Path data, double speed, InstantSource wall) {
        Instant now = wall.instant();
        try {
            Instant reached = Instant.parse(Files.readString(data.resolve(FILE)).strip())
                    .plusMillis((long) (SLACK.toMillis() * speed));
            return Clock.fixed(reached.isAfter(now) ? reached : now, ZoneOffset.UTC);
        } catch (IOException | DateTimeException e) {
            // the first demo on this data
            return Clock.fixed(now, ZoneOffset.UTC);
        }
    }

    /** Notes each second how far the demo's time has come. */
    static DemoTime follow(Path data, InstantSource clock) {
        DemoTime time = new DemoTime(data.resolve(FILE), clock);
        time.note();
        time.notes.scheduleWithFixedDelay(time::note, 1, 1, TimeUnit.SECONDS);
        return time;
    }

    private void note() {
        try {
            Path next = file.resolveSibling(FILE + ".next");
            Files.writeString(next, clock.instant().toString());
            Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            LOG.atWarn().addKeyValue("file", file).log("the demo's time could not be noted: {}", e.getMessage());
        }
    }

    @Override
    public void close() {
        notes.shutdownNow();
        note();
    }
}
