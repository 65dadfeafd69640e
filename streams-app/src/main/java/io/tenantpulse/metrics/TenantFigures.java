package io.tenantpulse.metrics;

import io.tenantpulse.detect.Clock;
import io.tenantpulse.detect.ResourceState;
import io.tenantpulse.detect.TenantSnapshot;
import io.tenantpulse.model.Counts;
import io.tenantpulse.model.PodFacts;
import io.tenantpulse.model.TenantId;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What is measured of one tenant, at the newest instant of which anything is known of it.
 *
 * @param counts as its operator says; null: it said none
 * @param conditions how long each condition holds that an alert waits for or fires by, by the alert's name; time that nobody
 *     saw is not in it
 * @param podsNotReady pods that have not ended well and of which not all containers are ready
 * @param podNotReady since when the longest of them is not ready; zero where there is none
 */
public record TenantFigures(
        TenantId tenant,
        @Nullable Counts counts,
        SortedMap<String, Duration> conditions,
        int podsNotReady,
        Duration podNotReady) {
    public TenantFigures {
        conditions = Collections.unmodifiableSortedMap(new TreeMap<>(conditions));
    }

    public static TenantFigures of(TenantSnapshot snapshot) {
        Instant now = snapshot.newest();
        TreeMap<String, Duration> conditions = new TreeMap<>();
        for (Clock each : snapshot.tenant().clocks()) {
            // Such an alert still fires, though its condition is over.
            if (each.keepUntil() == null) {
                Duration held =
                        between(each.stretch().since().plus(each.stretch().frozen()), now);
                conditions.merge(each.rule(), held, (one, other) -> one.compareTo(other) > 0 ? one : other);
            }
        }
        int notReady = 0;
        Duration longest = Duration.ZERO;
        for (ResourceState each : snapshot.resources()) {
            PodFacts pod = each.facts().pod();
            if (pod != null && pod.isNotReady()) {
                notReady++;
                Duration held = between(each.since(), now);
                longest = held.compareTo(longest) > 0 ? held : longest;
            }
        }
        return new TenantFigures(
                snapshot.tenant().id(), snapshot.tenant().facts().counts(), conditions, notReady, longest);
    }

    private static Duration between(Instant from, Instant to) {
        return to.isAfter(from) ? Duration.between(from, to) : Duration.ZERO;
    }
}
