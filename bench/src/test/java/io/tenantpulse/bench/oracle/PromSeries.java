package io.tenantpulse.bench.oracle;

import io.tenantpulse.v1.Change;
import io.tenantpulse.v1.Condition;
import io.tenantpulse.v1.TenantObserved;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The tenants of a history as series that Prometheus would have of them, one sample a second. */
final class PromSeries {
    private final Instant start;
    private final int seconds;
    private final Map<String, String[]> series = new TreeMap<>();

    /** @param history of one cluster, all of it seen */
    PromSeries(History history) {
        start = begin(history);
        seconds = secondsTo(history.log().get(history.log().size() - 1).observedAt()) + 1;
        Map<String, TreeMap<Integer, TenantObserved>> byUid = new LinkedHashMap<>();
        for (Era era : Era.of(history.log())) {
            for (LogEntry entry : era.entries()) {
                if (entry.value() instanceof TenantObserved tenant) {
                    // What is seen within a second is known at its end: the last of it counts
                    byUid.computeIfAbsent(tenant.getUid(), any -> new TreeMap<>())
                            .put(secondsTo(entry.observedAt()), tenant);
                }
            }
        }
        byUid.forEach((uid, looks) -> looks.forEach((second, tenant) -> {
            Integer next = looks.higherKey(second);
            int end = next == null ? seconds : next;
            write("uid=\"" + uid + "\"", tenant, second, end);
        }));
    }

    static Instant begin(History history) {
        return history.log().get(0).observedAt().truncatedTo(ChronoUnit.SECONDS);
    }

    /** The first whole second that is not before an instant. */
    private int secondsTo(Instant at) {
        return Math.toIntExact(-Math.floorDiv(-Duration.between(start, at).toMillis(), 1000L));
    }

    int seconds() {
        return seconds;
    }

    private void write(String uid, TenantObserved tenant, int from, int to) {
        if (tenant.getChange() == Change.DELETED) {
            return;
        }
        if (tenant.getDesired() != null) {
            put("tenant_resources_ready{" + uid + "}", tenant.getReady(), from, to);
            put("tenant_resources_desired{" + uid + "}", tenant.getDesired(), from, to);
            put("tenant_resources_failed{" + uid + "}", tenant.getFailed(), from, to);
        }
        for (Condition each : tenant.getConditions()) {
            int status = each.getStatus().equals("True") ? 1 : each.getStatus().equals("False") ? 0 : 2;
            if (each.getType().equals("Degraded")) {
                put("tenant_degraded_status{" + uid + ",reason=\"" + each.getReason() + "\"}", status, from, to);
            } else {
                put("tenant_condition_status{" + uid + ",type=\"" + each.getType() + "\"}", status, from, to);
            }
        }
    }

    private void put(String name, @Nullable Integer value, int from, int to) {
        String[] values = series.computeIfAbsent(name, any -> new String[seconds]);
        for (int i = from; i < to; i++) {
            values[i] = Integer.toString(value == null ? 0 : value);
        }
    }

    /** As promtool reads them: what is gone is marked stale, for else it would be taken for there for five minutes more. */
    List<String> lines() {
        List<String> lines = new ArrayList<>();
        series.forEach((name, values) ->
                lines.add("      - series: '" + name + "'\n        values: '" + packed(values) + "'"));
        return lines;
    }

    private static String packed(String[] values) {
        StringBuilder text = new StringBuilder();
        int i = 0;
        while (i < values.length) {
            int next = i;
            while (next < values.length && java.util.Objects.equals(values[next], values[i])) {
                next++;
            }
            if (values[i] != null) {
                text.append(values[i]).append("+0x").append(next - i - 1).append(' ');
            } else if (i == 0) {
                text.append("_x").append(next).append(' ');
            } else {
                text.append("stale ").append(next - i > 1 ? "_x" + (next - i - 1) + " " : "");
            }
            i = next;
        }
        return text.toString().trim();
    }
}
