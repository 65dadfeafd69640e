package io.tenantpulse.bench.oracle.surge;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Says what ought to have been said of the surges of a history. */
public final class SurgeOracle {
    private static final Duration NEW = Duration.ofHours(1);

    private final SurgeHistory history;
    private final Map<String, ScopeLife> living = new HashMap<>();
    private final TreeMap<String, List<ScopeLife>> lives = new TreeMap<>();

    private SurgeOracle(SurgeHistory history) {
        this.history = history;
    }

    public static List<SurgeSaid> judge(SurgeHistory history) {
        SurgeOracle oracle = new SurgeOracle(history);
        for (Round round : history.rounds()) {
            round.minutes().stream().filter(each -> !each.isSilent()).forEach(oracle::take);
        }
        List<SurgeSaid> said = new ArrayList<>();
        oracle.lives.forEach((scope, all) -> all.forEach(life -> oracle.tell(scope, life, said)));
        return said;
    }

    private void take(Minute minute) {
        ScopeLife life = living.get(minute.scope());
        if (minute.counts().all() == 0) {
            if (life != null && !minute.end().isBefore(life.last().end())) {
                life.vanish(minute);
                living.remove(minute.scope());
            }
            return;
        }
        if (life == null) {
            life = new ScopeLife();
            living.put(minute.scope(), life);
            lives.computeIfAbsent(minute.scope(), any -> new ArrayList<>()).add(life);
        } else if (!minute.start().isAfter(life.last().start())) {
            return;
        }
        life.add(minute, cluster(minute.scope()));
    }

    private ScopeLife.@Nullable Sight cluster(String scope) {
        String cluster = "cluster/" + Minute.cluster(scope);
        ScopeLife life = scope.equals(cluster) ? null : living.get(cluster);
        return life == null ? null : new ScopeLife.Sight(life, life.size() - 1, history.setting(cluster));
    }

    private void tell(String scope, ScopeLife life, List<SurgeSaid> said) {
        SurgeSetting setting = history.setting(scope);
        for (int i = 0; i < life.size(); i++) {
            BigDecimal usual = mayBegin(life, i, setting) ? usual(life, i, setting) : null;
            if (usual != null && reaches(life.get(i), setting, setting.bar(usual))) {
                i = new SurgeRun(scope, life, setting, i, usual).tell(said);
            }
        }
    }

    private static boolean mayBegin(ScopeLife life, int index, SurgeSetting setting) {
        Minute minute = life.get(index);
        return reaches(minute, setting, setting.share())
                && !minute.start().isBefore(life.began().plus(ScopeLife.QUARTER));
    }

    private static boolean reaches(Minute minute, SurgeSetting setting, BigDecimal share) {
        return Verdict.of(minute.counts(), BigDecimal.valueOf(setting.tenants()), share) == Verdict.REACHED;
    }

    /** What is usual in a scope, or in its cluster while it is new and where that is less; null: not known. */
    private static @Nullable BigDecimal usual(ScopeLife life, int index, SurgeSetting setting) {
        BigDecimal own = life.median(index, setting.baseline());
        Instant began = life.began();
        ScopeLife.Sight cluster = life.cluster(index);
        boolean isNew = life.get(index).start().isBefore(began.plus(NEW));
        if (own == null || !isNew || cluster == null || !cluster.isKnownBefore(began)) {
            return own;
        }
        BigDecimal around = cluster.usual();
        return around == null ? own : own.min(around);
    }
}
