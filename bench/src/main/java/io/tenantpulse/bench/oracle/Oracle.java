package io.tenantpulse.bench.oracle;

import io.tenantpulse.schema.Keys;
import io.tenantpulse.v1.RegistryObserved;
import io.tenantpulse.v1.TenantObserved;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Says what ought to have been said of a history. */
final class Oracle {
    private final Era era;
    private final RuleTable rules;
    private final Map<String, KindHistory> kinds = new HashMap<>();
    private final List<Said> said = new ArrayList<>();

    private Oracle(Era era, RuleTable rules) {
        this.era = era;
        this.rules = rules;
    }

    static List<Said> judge(History history) {
        List<Said> all = new ArrayList<>();
        for (Era era : Era.of(history.log())) {
            Oracle oracle = new Oracle(era, history.rules());
            oracle.judgeTenants();
            oracle.judgeRegistries();
            oracle.said.addAll(BlindKinds.of(era, history.rules().blindHold()));
            all.addAll(oracle.said);
        }
        return all;
    }

    private KindHistory kind(String name) {
        return kinds.computeIfAbsent(name, any -> new KindHistory(era, name));
    }

    private void judgeTenants() {
        Set<String> names = new TreeSet<>();
        for (LogEntry each : era.entries()) {
            if (each.value() instanceof TenantObserved tenant) {
                names.add(key(tenant));
            }
        }
        for (String name : names) {
            String kindName = TenantDraft.kindName(name.split("/", -1)[2]);
            KindHistory kind = kind(kindName);
            List<Life> lives = Life.of(
                    era,
                    kind,
                    kindName,
                    i -> era.at(i).value() instanceof TenantObserved tenant
                            && key(tenant).equals(name));
            for (Life life : lives) {
                List<Run> runs = new ArrayList<>();
                for (RuleTable.Entry rule : rules.rules()) {
                    runs.addAll(runs(rule, kind, life, name));
                }
                new Incidents(era, runs).tell(name, true, said);
            }
        }
    }

    private List<Run> runs(RuleTable.Entry rule, KindHistory kind, Life life, String tenant) {
        if (rule.condition() == RuleTable.Condition.STATUS_DRIFT) {
            return DriftRuns.of(era, this::kind, life, tenant, rule);
        }
        if (rule.condition().isLiteral()) {
            return ObjectRuns.of(era, kind, life, rule);
        }
        if (rule.condition() == RuleTable.Condition.NOT_CONVERGED) {
            return OwnRuns.of(era, this::kind, life, tenant, rule);
        }
        if (rule.condition() == RuleTable.Condition.DEPENDENCY_STUCK) {
            return StuckRuns.of(era, this::kind, life, tenant, rule);
        }
        return rule.condition() == RuleTable.Condition.FLAPPING ? FlappingRuns.of(era, kind, life, rule) : List.of();
    }

    private static String key(TenantObserved tenant) {
        return Keys.of(tenant.getCluster(), tenant.getNamespace(), tenant.getKind(), tenant.getName());
    }

    private static String key(RegistryObserved registry) {
        return Keys.of(registry.getCluster(), registry.getNamespace(), registry.getKind(), registry.getName());
    }

    private void judgeRegistries() {
        Set<String> names = new TreeSet<>();
        for (LogEntry each : era.entries()) {
            if (each.value() instanceof RegistryObserved registry) {
                names.add(key(registry));
            }
        }
        for (String name : names) {
            String kindName = RegistryDraft.kindName(name.split("/", -1)[2]);
            KindHistory kind = kind(kindName);
            List<Life> lives = Life.of(
                    era,
                    kind,
                    kindName,
                    i -> era.at(i).value() instanceof RegistryObserved registry
                            && key(registry).equals(name));
            for (Life life : lives) {
                List<Run> runs = new ArrayList<>();
                for (RuleTable.Entry rule : rules.rules()) {
                    if (rule.condition().isOfRegistry()) {
                        runs.addAll(ObjectRuns.of(era, kind, life, rule));
                    }
                }
                new Incidents(era, runs).tell(name, false, said);
            }
        }
    }

    static Said firing(String scope, Run run) {
        return new Said(
                run.rule.alert(),
                scope,
                run.label,
                Said.Status.FIRING,
                run.since,
                run.firedAt,
                run.decidedAt,
                run.frozen,
                null,
                null);
    }

    static Said resolved(String scope, Run run) {
        return new Said(
                run.rule.alert(),
                scope,
                run.label,
                Said.Status.RESOLVED,
                run.since,
                run.overAt,
                run.overDecidedAt,
                Duration.ZERO,
                run.gone,
                null);
    }
}
