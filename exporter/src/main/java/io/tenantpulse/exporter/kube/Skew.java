package io.tenantpulse.exporter.kube;

import io.tenantpulse.exporter.Meters;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How far an API server's clock is from ours, by the Date header of its answers. */
final class Skew {
    private static final Logger LOG = LoggerFactory.getLogger(Skew.class);
    private static final Duration WORTH_A_WARNING = Duration.ofSeconds(5);
    private static final Duration TOO_MUCH = Duration.ofSeconds(60);

    /** The header has whole seconds, cut off: half of one is the best guess of the rest. */
    private static final long HALF_SECOND_MILLIS = 500;

    private final String cluster;
    private final Meters.OfCluster meters;
    private volatile long millis;
    private boolean warned;

    Skew(String cluster, Meters.OfCluster meters) {
        this.cluster = cluster;
        this.meters = meters;
    }

    /** Takes an answer's Date into account; one that does not parse says nothing. */
    synchronized void measure(String date, Instant sent, Instant answered) {
        Instant theirs;
        try {
            theirs = ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant();
        } catch (DateTimeException e) {
            return;
        }
        Instant ours = sent.plus(Duration.between(sent, answered).dividedBy(2));
        millis = Duration.between(ours, theirs).toMillis() + HALF_SECOND_MILLIS;
        if (Math.abs(millis) <= HALF_SECOND_MILLIS) {
            millis = 0; // no more than the header can say
        }
        meters.skew(millis);
        boolean large = Math.abs(millis) > WORTH_A_WARNING.toMillis();
        if (large && !warned) {
            LOG.atWarn()
                    .addKeyValue("cluster", cluster)
                    .addKeyValue("skewMs", millis)
                    .log("the API server's clock differs from ours: set both clocks by NTP");
        }
        warned = large;
    }

    /** Our clock is now so much later than the one that was measured against. */
    synchronized void oursMoved(Duration later) {
        millis -= later.toMillis();
        meters.skew(millis);
    }

    /** Their clock minus ours. */
    long millis() {
        return millis;
    }

    boolean isTooLarge() {
        return Math.abs(millis) > TOO_MUCH.toMillis();
    }
}
