package io.tenantpulse.bench.oracle;

import io.tenantpulse.v1.Change;
import io.tenantpulse.v1.TenantObserved;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** A history as one sees it who looks once a second: of several looks within one only the last, and that at its end. */
final class Sampling {
    private Sampling() {}

    static History of(History history) {
        List<LogEntry> log = new ArrayList<>();
        for (int i = 0; i < history.log().size(); i++) {
            LogEntry entry = history.log().get(i);
            if (entry.value() instanceof TenantObserved && !isHidden(history, i)) {
                log.add(new LogEntry(ceil(entry.observedAt()), entry.value()));
            } else if (!(entry.value() instanceof TenantObserved)) {
                log.add(entry);
            }
        }
        return new History(history.seed(), history.rules(), log, Set.of());
    }

    /** Whether another look at the object follows within the same second. A deletion ends what it was, so it is never hidden. */
    private static boolean isHidden(History history, int index) {
        LogEntry entry = history.log().get(index);
        TenantObserved tenant = (TenantObserved) entry.value();
        if (tenant.getChange() == Change.SNAPSHOT) {
            return false; // only repeats what was published
        }
        for (int i = index + 1; i < history.log().size(); i++) {
            LogEntry later = history.log().get(i);
            if (later.isNewerThan(entry)
                    && later.value() instanceof TenantObserved other
                    && other.getChange() != Change.SNAPSHOT
                    && other.getUid().equals(tenant.getUid())) {
                return ceil(later.observedAt()).equals(ceil(entry.observedAt()));
            }
        }
        return false;
    }

    static Set<String> uidsWithHiddenLooks(History history) {
        Set<String> uids = new HashSet<>();
        for (int i = 0; i < history.log().size(); i++) {
            if (history.log().get(i).value() instanceof TenantObserved tenant && isHidden(history, i)) {
                uids.add(tenant.getUid());
            }
        }
        return uids;
    }

    private static Instant ceil(Instant at) {
        return at.plusMillis(999).truncatedTo(ChronoUnit.SECONDS);
    }
}
