package io.tenantpulse.topology;

import io.tenantpulse.metrics.TenantSeries;
import io.tenantpulse.query.TenantSelection;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps the series of chosen tenants as this instance's stores have them. Start it once, then close it. */
final class TenantSeriesFeed implements AutoCloseable {
    /** More tenants than that get no series, whatever is asked for. */
    static final int LIMIT = 500;

    private static final Logger LOG = LoggerFactory.getLogger(TenantSeriesFeed.class);
    /** So often it looks whether the stores can be read again. */
    private static final Duration LOOK = Duration.ofSeconds(1);

    /** So many looks after one that could read them are passed over. */
    private static final int PASS = 14;

    private final List<TenantSelection> asked;
    private final StoreQueries stores;
    private final TenantSeries series;
    private final ScheduledExecutorService timer;
    private int passing;
    private boolean saidLeftOut;

    TenantSeriesFeed(List<TenantSelection> asked, StoreQueries stores, TenantSeries series) {
        this.asked = List.copyOf(asked);
        this.stores = stores;
        this.series = series;
        this.timer = Executors.newSingleThreadScheduledExecutor(work -> {
            Thread thread = new Thread(work, "tenant-series");
            thread.setDaemon(true);
            return thread;
        });
    }

    void start() {
        if (!asked.isEmpty()) {
            timer.scheduleWithFixedDelay(this::look, LOOK.toMillis(), LOOK.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    private void look() {
        if (passing > 0) {
            passing--;
            return;
        }
        try {
            TenantFiguresReader.Found found = stores.figures(asked, LIMIT);
            if (found == null) {
                // What was shown may be another instance's by now.
                series.show(List.of(), 0);
                return;
            }
            passing = PASS;
            series.show(found.figures(), found.leftOut());
            warn(found.leftOut());
        } catch (RuntimeException e) {
            // A timer that throws never runs again.
            LOG.atWarn().addKeyValue("error", e.toString()).log("series of tenants could not be read: trying again");
        }
    }

    private void warn(int leftOut) {
        if (leftOut > 0 && !saidLeftOut) {
            saidLeftOut = true;
            LOG.atWarn()
                    .addKeyValue("limit", LIMIT)
                    .addKeyValue("leftOut", leftOut)
                    .log("metrics.tenants asks for more tenants than get series of their own: name fewer");
        }
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
