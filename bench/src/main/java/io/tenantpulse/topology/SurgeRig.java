package io.tenantpulse.topology;

import io.tenantpulse.bench.oracle.surge.Counts;
import io.tenantpulse.bench.oracle.surge.Minute;
import io.tenantpulse.bench.oracle.surge.SurgeHistory;
import io.tenantpulse.bench.oracle.surge.SurgeSaid;
import io.tenantpulse.bench.oracle.surge.SurgeSetting;
import io.tenantpulse.bench.oracle.surge.SurgeSubject;
import io.tenantpulse.trends.ByHealth;
import io.tenantpulse.trends.CommonCause;
import io.tenantpulse.trends.Health;
import io.tenantpulse.trends.Incidents;
import io.tenantpulse.trends.Members;
import io.tenantpulse.trends.Population;
import io.tenantpulse.trends.Quantiles;
import io.tenantpulse.trends.Scope;
import io.tenantpulse.trends.SurgeChange;
import io.tenantpulse.trends.SurgeFacts;
import io.tenantpulse.trends.SurgeRule;
import io.tenantpulse.trends.SurgeThreshold;
import io.tenantpulse.trends.Surges;
import io.tenantpulse.trends.TopCounts;
import io.tenantpulse.trends.Totals;
import io.tenantpulse.trends.TrendWindow;
import io.tenantpulse.trends.WindowSize;
import java.io.File;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.TreeMap;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.processor.TaskId;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * The judge of surges over the store and the serde that it has in production, for the oracle. A class loader of its own can
 * load it with a judge that is wrong.
 */
public final class SurgeRig implements SurgeSubject {
    private final SurgeHistory history;
    private final MockProcessorContext<String, Object> context;
    private final KeyValueStore<Bytes, byte[]> store;
    private final List<SurgeSaid> said = new ArrayList<>();
    private Surges surges;

    /** With nothing remembered. */
    public SurgeRig(SurgeHistory history) {
        this.history = history;
        Properties config = new Properties();
        config.put(StreamsConfig.APPLICATION_ID_CONFIG, "oracle");
        config.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "127.0.0.1:1");
        config.put("processing.exception.handler.global.enabled", "true");
        context = new MockProcessorContext<>(config, new TaskId(0, 0), new File("/nonexistent"));
        store = Stores.trends().stream()
                .filter(each -> each.name().equals(Stores.SURGES))
                .findAny()
                .orElseThrow()
                .withLoggingDisabled()
                .build();
        store.init(context.getStateStoreContext(), store);
        begin();
    }

    private void begin() {
        surges = new Surges(this::rules, new StreamsSurgeMemory(context), (alert, change) -> said.add(fact(change)));
    }

    private List<SurgeRule> rules(Scope scope) {
        SurgeSetting setting = history.setting(scope.key());
        SurgeThreshold threshold = new SurgeThreshold(
                setting.tenants(),
                setting.share().doubleValue(),
                setting.factor().doubleValue(),
                setting.baseline(),
                setting.clear().doubleValue(),
                setting.dominant().doubleValue());
        return List.of(new SurgeRule(SurgeHistory.ALERT, threshold, setting.hold(), setting.keepFiring()));
    }

    @Override
    public void take(List<Minute> minutes) {
        minutes.forEach(each -> on(window(each)));
    }

    void on(TrendWindow window) {
        surges.on(window);
    }

    private static TrendWindow window(Minute minute) {
        Scope scope = Scope.parse(minute.scope());
        return new TrendWindow(
                scope,
                WindowSize.MINUTE,
                minute.start(),
                minute.revision(),
                minute.isSilent() ? List.of(scope.cluster()) : List.of(),
                totals(minute.counts()),
                1,
                minute.start(),
                minute.end());
    }

    /** Unhealthy and well tenants are so in every way there is. */
    static Totals totals(Counts counts) {
        long third = counts.unhealthy() / 3;
        long half = counts.well() / 2;
        ByHealth atEnd = ByHealth.of(Health.FAILED, third)
                .plus(ByHealth.of(Health.MISMATCHED, third))
                .plus(ByHealth.of(Health.NOT_READY, counts.unhealthy() - 2 * third))
                .plus(ByHealth.of(Health.PROGRESSING, half))
                .plus(ByHealth.of(Health.HEALTHY, counts.well() - half))
                .plus(ByHealth.of(Health.UNKNOWN, counts.unknown()))
                .plus(ByHealth.of(Health.BLIND, counts.blind()));
        Population population =
                new Population(ByHealth.NONE, ByHealth.NONE, atEnd, new TreeMap<>(), ByHealth.NONE, ByHealth.NONE);
        Members members = new Members(
                counts.unhealthy(),
                new TopCounts(counts.causes(), counts.otherCauses()),
                new TopCounts(counts.rollouts(), 0),
                counts.first(),
                counts.last());
        return new Totals(population, members, Incidents.NONE, new TreeMap<>(), Quantiles.NONE, new TreeMap<>(), 0, 0);
    }

    private static SurgeSaid fact(SurgeChange change) {
        SurgeFacts facts = change.facts();
        CommonCause cause = facts.cause();
        return new SurgeSaid(
                change.scope().key(),
                change.kind().name(),
                change.since(),
                change.at(),
                change.decidedAt(),
                change.frozen(),
                change.unseen(),
                new SurgeSaid.Facts(
                        facts.members(),
                        facts.tenants(),
                        facts.usual(),
                        facts.firstSince(),
                        facts.lastSince(),
                        facts.direction().word(),
                        cause == null ? null : cause.key(),
                        facts.causeMembers(),
                        facts.rollout(),
                        facts.rolloutMembers()));
    }

    @Override
    public void restart() {
        begin();
    }

    @Override
    public List<SurgeSaid> said() {
        return List.copyOf(said);
    }

    @Override
    public void close() {
        store.close();
    }
}
