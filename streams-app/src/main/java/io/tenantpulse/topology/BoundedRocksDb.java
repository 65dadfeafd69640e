package io.tenantpulse.topology;

import java.util.Map;
import org.apache.kafka.streams.state.RocksDBConfigSetter;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.BloomFilter;
import org.rocksdb.Cache;
import org.rocksdb.Filter;
import org.rocksdb.LRUCache;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.WriteBufferManager;

/**
 * Bounds the memory of all RocksDB stores of the process together, however many partitions it has: one block cache, which
 * also pays for memtables, indexes and filters. Kafka Streams makes an instance per store by itself, so what they share
 * is static.
 */
public final class BoundedRocksDb implements RocksDBConfigSetter {
    private static final long TOTAL_BYTES = 128L << 20;
    private static final long MEMTABLE_BYTES = 48L << 20;
    private static final long ONE_MEMTABLE_BYTES = 8L << 20;
    private static final long BLOCK_BYTES = 4L << 10;
    private static final double INDEX_SHARE = 0.2;
    private static final double BLOOM_BITS_PER_KEY = 10;

    /** Made when the first store opens: RocksDB's library must have been loaded. */
    private static final class Shared {
        static {
            RocksDB.loadLibrary();
        }

        static final Cache CACHE = new LRUCache(TOTAL_BYTES, -1, false, INDEX_SHARE);
        static final Filter FILTER = new BloomFilter(BLOOM_BITS_PER_KEY);
        static final WriteBufferManager MEMTABLES = new WriteBufferManager(MEMTABLE_BYTES, CACHE);
    }

    @Override
    public void setConfig(String storeName, Options options, Map<String, Object> configs) {
        BlockBasedTableConfig table = (BlockBasedTableConfig) options.tableFormatConfig();
        table.setBlockCache(Shared.CACHE);
        table.setCacheIndexAndFilterBlocks(true);
        table.setCacheIndexAndFilterBlocksWithHighPriority(true);
        table.setPinTopLevelIndexAndFilter(true);
        table.setBlockSize(BLOCK_BYTES);
        table.setFilterPolicy(Shared.FILTER);
        options.setTableFormatConfig(table);
        options.setWriteBufferManager(Shared.MEMTABLES);
        options.setWriteBufferSize(ONE_MEMTABLE_BYTES);
        options.setMaxWriteBufferNumber(3);
    }

    @Override
    public void close(String storeName, Options options) {
        // What is shared lives as long as the process.
    }
}
