package io.tenantpulse.query;

import io.tenantpulse.detect.Clock;
import io.tenantpulse.detect.PastIncident;
import io.tenantpulse.detect.TenantSnapshot;
import io.tenantpulse.diagnose.Diagnosis;
import io.tenantpulse.diagnose.DialectEvidence;
import io.tenantpulse.diagnose.Outlook;
import io.tenantpulse.diagnose.TenantView;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;

/**
 * What is known of a tenant at one instant, and what that means.
 *
 * @param asOf the newest instant of which anything is known
 * @param incidents that the tenant's name had and that have ended, the newest last; at most 20
 * @param view what was diagnosed
 * @param dialect what was seen of the cluster's operator by this instance
 * @param origin who answers
 */
public record TenantReport(
        TenantSnapshot snapshot,
        Instant asOf,
        List<PastIncident> incidents,
        TenantView view,
        Diagnosis diagnosis,
        DialectEvidence dialect,
        Origin origin) {
    public TenantReport {
        incidents = List.copyOf(incidents);
    }

    /** Whether the tenant is well. */
    public enum Health {
        HEALTHY,
        UNHEALTHY,
        /** Too little is known, or nothing was heard of its cluster lately. */
        UNKNOWN
    }

    /** Diagnoses what was remembered. */
    public static TenantReport of(
            TenantSnapshot snapshot, List<PastIncident> incidents, DialectEvidence dialect, Origin origin) {
        Instant asOf = snapshot.newest();
        TenantView view = snapshot.view(asOf);
        return new TenantReport(snapshot, asOf, incidents, view, Diagnosis.diagnose(view, asOf), dialect, origin);
    }

    /** Alerts that fire now, the longest first. */
    public List<Clock> firing() {
        return snapshot.tenant().clocks().stream()
                .filter(clock -> clock.firedAt() != null)
                .sorted(Comparator.comparing(Clock::firedAt).thenComparing(Clock::rule))
                .toList();
    }

    /**
     * Unhealthy while an alert fires, or while the operator or our own reading says that it is not converged; otherwise
     * healthy by the operator's word, for some versions leave us nothing to read of their Secrets.
     */
    public Health health() {
        Outlook operator = diagnosis.views().operator();
        Outlook own = diagnosis.views().own();
        if (!firing().isEmpty() || isBad(operator) || isBad(own)) {
            return Health.UNHEALTHY;
        }
        boolean silent = snapshot.cluster().staleSince() != null
                || snapshot.cluster().gone()
                || snapshot.tenant().undecodableSince() != null;
        return operator == Outlook.CONVERGED && !silent ? Health.HEALTHY : Health.UNKNOWN;
    }

    private static boolean isBad(Outlook outlook) {
        return outlook != Outlook.CONVERGED && outlook != Outlook.UNKNOWN;
    }
}
