package io.tenantpulse.topology;

import java.util.Map;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.internals.WrappedStateStore;
import org.jspecify.annotations.Nullable;

/**
 * A logged store of bytes whose owner works in memory and writes what has changed once per commit, not once per record.
 *
 * <p>Before Kafka Streams commits it empties the record caches of all stores of the task into their changelogs, in the
 * transaction that also holds the offsets of what was read and the records that were sent. This store has itself taken for
 * such a cache: {@link #flushCache} is that call. So whatever the owner counted of the records before the commit is in the
 * changelog with them, or neither is. It rests on a class that Kafka calls internal; a test against a real broker, which
 * kills a task in the middle of a window, fails if the call is ever missing.
 */
final class OwnedStore extends WrappedStateStore<KeyValueStore<Bytes, byte[]>, Bytes, byte[]> {
    private @Nullable Runnable owner;

    private OwnedStore(KeyValueStore<Bytes, byte[]> store) {
        super(store);
    }

    /** Called on the task's thread before each commit of records that were processed. */
    void beforeCommit(Runnable writer) {
        owner = writer;
    }

    KeyValueStore<Bytes, byte[]> entries() {
        return wrapped();
    }

    @Override
    public void flushCache() {
        if (owner != null) {
            owner.run();
        }
        super.flushCache();
    }

    /** Makes the store of a task. */
    record Builder(StoreBuilder<KeyValueStore<Bytes, byte[]>> entries) implements StoreBuilder<OwnedStore> {
        @Override
        public OwnedStore build() {
            return new OwnedStore(entries.build());
        }

        @Override
        public StoreBuilder<OwnedStore> withCachingEnabled() {
            throw new UnsupportedOperationException("the owner is the cache");
        }

        @Override
        public StoreBuilder<OwnedStore> withCachingDisabled() {
            return this;
        }

        @Override
        public StoreBuilder<OwnedStore> withLoggingEnabled(Map<String, String> config) {
            return new Builder(entries.withLoggingEnabled(config));
        }

        @Override
        public StoreBuilder<OwnedStore> withLoggingDisabled() {
            return new Builder(entries.withLoggingDisabled());
        }

        @Override
        public Map<String, String> logConfig() {
            return entries.logConfig();
        }

        @Override
        public boolean loggingEnabled() {
            return entries.loggingEnabled();
        }

        @Override
        public String name() {
            return entries.name();
        }
    }
}
