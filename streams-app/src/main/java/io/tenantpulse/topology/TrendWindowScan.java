package io.tenantpulse.topology;

import io.tenantpulse.query.TrendQueries;
import io.tenantpulse.trends.TrendWindow;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;
import org.jspecify.annotations.Nullable;

/** Reads windows of a scope from the store, no more than one answer holds. */
final class TrendWindowScan {
    /** Its eight bytes sort behind those of any instant in the store. */
    private static final Instant LATEST = Instant.ofEpochMilli(Long.MAX_VALUE);

    private TrendWindowScan() {}

    static TrendQueries.Answer of(ReadOnlyKeyValueStore<Bytes, byte[]> windows, TrendQueries.Asked asked) {
        Instant first = bounded(asked.from(), Instant.EPOCH);
        Instant end = bounded(asked.to(), LATEST);
        List<TrendWindow> found = new ArrayList<>();
        Instant next = null;
        // The end is exclusive; before the epoch, where bytes do not sort, nothing is kept.
        if (first.isBefore(end)) {
            Bytes from = StreamsMergerMemory.windowKey(asked.scope(), asked.size(), first);
            Bytes to = StreamsMergerMemory.windowKey(asked.scope(), asked.size(), end.minusMillis(1));
            boolean newest = asked.from() == null;
            try (KeyValueIterator<Bytes, byte[]> all =
                    newest ? windows.reverseRange(from, to) : windows.range(from, to)) {
                while (all.hasNext() && found.size() < TrendQueries.LIMIT) {
                    found.add(StreamsMergerMemory.WINDOW.toState(all.next().value));
                }
                if (!newest && all.hasNext()) {
                    next = StreamsMergerMemory.WINDOW.toState(all.next().value).start();
                }
            }
            if (newest) {
                Collections.reverse(found);
            }
        }
        return found.isEmpty() && !isKnown(windows, asked)
                ? new TrendQueries.NoSuchScope()
                : new TrendQueries.Found(found, next);
    }

    private static Instant bounded(@Nullable Instant asked, Instant otherwise) {
        Instant instant = asked == null ? otherwise : asked;
        return instant.isBefore(Instant.EPOCH) ? Instant.EPOCH : instant.isAfter(LATEST) ? LATEST : instant;
    }

    private static boolean isKnown(ReadOnlyKeyValueStore<Bytes, byte[]> windows, TrendQueries.Asked asked) {
        String prefix = asked.scope().key() + '\0';
        try (KeyValueIterator<Bytes, byte[]> any = windows.prefixScan(prefix, new StringSerializer())) {
            return any.hasNext();
        }
    }
}
