package io.tenantpulse.bench.oracle;

import io.tenantpulse.v1.Condition;
import io.tenantpulse.v1.Dependency;
import io.tenantpulse.v1.Readiness;
import io.tenantpulse.v1.Replicas;
import io.tenantpulse.v1.TenantObserved;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * TenantStatusDrift: the operator lags behind the spec, or counts more or fewer resources as ready than can be explained. A
 * clock rests on all that is counted, so watermarks alone prove its deadline.
 */
final class DriftRuns implements OwnRule {
    /** Of a spec or template in error the counts stay as they were. */
    private static final Set<String> ERRORS =
            Set.of("DependencyError", "DependencyCycle", "VariablesBuildError", "SortError", "TemplateRenderError");

    private final RuleTable.Entry rule;
    private final List<Run> runs = new ArrayList<>();
    private Doubts doubts = new Doubts(Instant.MIN);

    private DriftRuns(RuleTable.Entry rule) {
        this.rule = rule;
    }

    static List<Run> of(Era era, Function<String, KindHistory> kinds, Life life, String tenant, RuleTable.Entry rule) {
        DriftRuns it = new DriftRuns(rule);
        OwnSight.read(era, kinds, life, tenant, it);
        return it.runs;
    }

    @Override
    public void settle(OwnSight sight, Occasion occasion) {
        Run open = open();
        if (open != null) {
            doubts.judge(
                    open,
                    sight,
                    sight.rests(true),
                    unchangedSince(sight),
                    null,
                    occasion.unreadSince(sight.spec()),
                    occasion.at());
        }
        if (sight.isHidden(true)) {
            return;
        }
        boolean drifts = drifts(sight);
        if (drifts && open == null) {
            runs.add(new Run(rule, "", occasion.index(), occasion.at()));
            doubts = new Doubts(occasion.at());
        } else if (!drifts && open != null) {
            open.over(occasion.index(), occasion.at(), occasion.at(), null);
        }
    }

    /** Since when nothing that is counted is known to have changed; null: something can't be seen. */
    private static @Nullable Instant unchangedSince(OwnSight sight) {
        Instant latest = sight.unbrokenSince();
        for (Dependency each : sight.spec()) {
            if (!OwnSight.isWatched(each) || sight.state(each) == OwnSight.State.OPEN && sight.known(each) == null) {
                continue;
            }
            Instant since = sight.knownSince(each);
            if (since == null) {
                return null;
            }
            latest = OwnSight.later(since, latest);
        }
        return latest;
    }

    private static boolean drifts(OwnSight sight) {
        TenantObserved tenant = sight.tenant();
        if (LiteralConditions.label(RuleTable.Condition.STATUS_DRIFT, tenant) != null) {
            return true;
        }
        Integer desired = tenant.getDesired();
        if (desired == null || sight.spec().isEmpty() || isExplained(sight)) {
            return false;
        }
        int least = 0;
        int most = 0;
        Waiting waiting = Waiting.of(sight.spec(), each -> sight.state(each).isBad());
        for (Dependency each : sight.spec()) {
            OwnSight.State state = sight.state(each);
            boolean held =
                    waiting.isBehind(each.getId()) || tenant.getSkippedIds().contains(each.getId());
            boolean certain =
                    state == OwnSight.State.READY && !held && !isUntold(sight, each) && isEven(sight.known(each));
            least += certain ? 1 : 0;
            most += state.isBad() ? 0 : 1;
        }
        int told = tenant.getReady() == null ? 0 : tenant.getReady();
        return desired != sight.spec().size() || told < least || told > most;
    }

    /** Of what can't be decoded nothing may be known but that it is there. */
    private static boolean isUntold(OwnSight sight, Dependency asked) {
        OwnObjects.Known known = sight.known(asked);
        return known != null
                && !asked.getCreationPolicy().equals("Once")
                && known.record.getReadiness() == Readiness.UNKNOWN;
    }

    /** By Lynq's stricter reading all figures of a workload are the same, or it is not ready. */
    private static boolean isEven(OwnObjects.@Nullable Known known) {
        Replicas replicas = known == null ? null : known.record.getReplicas();
        return replicas == null || OwnObjects.isEven(replicas);
    }

    private static boolean isExplained(OwnSight sight) {
        TenantObserved tenant = sight.tenant();
        Condition ready = LiteralConditions.condition(tenant, "Ready");
        Condition degraded = LiteralConditions.condition(tenant, "Degraded");
        Condition conflicted = LiteralConditions.condition(tenant, "Conflicted");
        String notReady = ready != null && ready.getStatus().equals("False") ? ready.getReason() : null;
        String degradedBy = degraded != null && degraded.getStatus().equals("True") ? degraded.getReason() : null;
        return notReady != null && (ERRORS.contains(notReady) || notReady.contains("Conflicted"))
                || degradedBy != null && ERRORS.contains(degradedBy)
                || conflicted != null && conflicted.getStatus().equals("True")
                || Waiting.of(sight.spec(), each -> false).isBroken();
    }

    private @Nullable Run open() {
        Run last = runs.isEmpty() ? null : runs.get(runs.size() - 1);
        return last == null || last.over != Integer.MAX_VALUE ? null : last;
    }

    @Override
    public void looked(OwnSight sight, int index, Instant at, OwnObjects.@Nullable Known known) {}

    @Override
    public void reach(OwnSight sight, int index, Instant watermark) {
        Run open = open();
        if (open != null && !open.isFired() && !open.deadline().isAfter(watermark) && sight.isJudgeable(true)) {
            open.fire(index, watermark);
        }
    }

    @Override
    public void ended(Life.End end) {
        Run open = open();
        if (open != null) {
            open.over(end.index(), end.at(), end.at(), end.reason());
        }
    }
}
