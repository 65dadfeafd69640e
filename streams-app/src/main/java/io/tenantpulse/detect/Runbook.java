package io.tenantpulse.detect;

import java.util.Locale;

/** Where people read what to do about an alert. */
final class Runbook {
    private static final String PAGE = "https://docs.kubernetes-tenants.org/alert-runbooks#";

    private Runbook() {}

    /** The operator's own page for its own alerts; for ours that of the mismatch, whose steps are the same. */
    static String of(Rule rule) {
        return PAGE
                + (rule.predicate().readsResources()
                        ? "tenantresourcesmismatch"
                        : rule.name().toLowerCase(Locale.ROOT));
    }
}
