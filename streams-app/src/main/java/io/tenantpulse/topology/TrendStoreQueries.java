package io.tenantpulse.topology;

import io.tenantpulse.query.TimeoutQueries;
import io.tenantpulse.query.TrendQueries;
import io.tenantpulse.schema.TopicSpec;
import io.tenantpulse.trends.ReadyTimes;
import io.tenantpulse.trends.Scope;
import io.tenantpulse.trends.TimeoutAdvice;
import io.tenantpulse.trends.Totals;
import io.tenantpulse.trends.TrendWindow;
import io.tenantpulse.trends.WindowSize;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StoreQueryParameters;
import org.apache.kafka.streams.errors.InvalidStateStoreException;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.QueryableStoreTypes;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;
import org.jspecify.annotations.Nullable;

/** Answers from the store of trends, where this instance has it; timeouts from the days of a template, the present one included. */
final class TrendStoreQueries implements TimeoutQueries, TrendQueries {
    /** Two weeks hold some rollouts, and no habits of last year. */
    private static final int DAYS = 14;

    private final KafkaStreams streams;
    private final TopicSpec partials;

    /** @param partials the topic of partials, whose one task has the trends */
    TrendStoreQueries(KafkaStreams streams, TopicSpec partials) {
        this.streams = streams;
        this.partials = partials;
    }

    @Override
    public TimeoutQueries.Answer timeouts(String cluster, @Nullable String namespace, @Nullable String template) {
        return ask(
                () -> new TimeoutQueries.Found(
                        of(open(Stores.PARTIALS), open(Stores.TRENDS), cluster, namespace, template)),
                TimeoutQueries.Elsewhere::new,
                TimeoutQueries.NotNow::new);
    }

    @Override
    public TrendQueries.Answer trends(Asked asked) {
        return ask(
                () -> TrendWindowScan.of(open(Stores.TRENDS), asked),
                TrendQueries.Elsewhere::new,
                TrendQueries.NotNow::new);
    }

    private <A> A ask(Supplier<A> here, Supplier<A> elsewhere, Function<String, A> notNow) {
        if (streams.state() != KafkaStreams.State.RUNNING) {
            return notNow.apply(
                    "the detector is " + streams.state() + ", not RUNNING: its state is being restored or moved");
        }
        boolean isHere = streams.metadataForLocalThreads().stream()
                .flatMap(thread -> thread.activeTasks().stream())
                .flatMap(task -> task.topicPartitions().stream())
                .anyMatch(partition -> partition.topic().equals(partials.name()));
        if (!isHere) {
            return elsewhere.get();
        }
        try {
            return here.get();
        } catch (InvalidStateStoreException e) {
            return notNow.apply("the detector's state is being restored or moved");
        }
    }

    private ReadOnlyKeyValueStore<Bytes, byte[]> open(String name) {
        return streams.store(
                StoreQueryParameters.fromNameAndType(name, QueryableStoreTypes.<Bytes, byte[]>keyValueStore()));
    }

    static List<OfTemplate> of(
            ReadOnlyKeyValueStore<Bytes, byte[]> underWay,
            ReadOnlyKeyValueStore<Bytes, byte[]> windows,
            String cluster,
            @Nullable String namespace,
            @Nullable String template) {
        List<OfTemplate> found = new ArrayList<>();
        String prefix = StreamsMergerMemory.levelsPrefix(cluster);
        try (KeyValueIterator<Bytes, byte[]> all = underWay.prefixScan(prefix, new StringSerializer())) {
            while (all.hasNext()) {
                String key = new String(all.next().key.get(), StandardCharsets.UTF_8);
                Scope scope = Scope.parse(key.substring(prefix.length()));
                boolean asked = scope.level() == Scope.Level.TEMPLATE
                        && (namespace == null || namespace.equals(scope.namespace()))
                        && (template == null || template.equals(scope.name()));
                OfTemplate advice = asked ? of(windows, scope) : null;
                if (advice != null) {
                    found.add(advice);
                }
            }
        }
        return found;
    }

    private static @Nullable OfTemplate of(ReadOnlyKeyValueStore<Bytes, byte[]> windows, Scope scope) {
        ArrayDeque<TrendWindow> days = new ArrayDeque<>();
        Bytes from = StreamsMergerMemory.windowKey(scope, WindowSize.DAY, Instant.EPOCH);
        Bytes to = StreamsMergerMemory.windowKey(scope, WindowSize.DAY, Instant.ofEpochMilli(Long.MAX_VALUE));
        try (KeyValueIterator<Bytes, byte[]> all = windows.range(from, to)) {
            while (all.hasNext()) {
                days.add(StreamsMergerMemory.WINDOW.toState(all.next().value));
                if (days.size() > DAYS) {
                    days.remove();
                }
            }
        }
        if (days.isEmpty()) {
            return null;
        }
        Totals totals = days.stream()
                .map(TrendWindow::totals)
                .reduce(Totals::followedBy)
                .orElse(Totals.NONE);
        SortedMap<String, TimeoutAdvice> advice = new TreeMap<>();
        for (SortedMap.Entry<String, ReadyTimes> each : totals.readyByResource().entrySet()) {
            advice.put(each.getKey(), TimeoutAdvice.of(each.getValue()));
        }
        return new OfTemplate(scope, days.getFirst().start(), days.getLast().upTo(), advice);
    }
}
