package io.tenantpulse.bench.detector;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * A contender with its settings.
 *
 * @param exactlyOnce else at least once
 */
public record Entrant(Make make, int threads, boolean exactlyOnce) {
    /** What it is made of. */
    public enum Make {
        /** Reads the log and throws it away. */
        POLL("A: poll and discard", false),
        /** Reads the log and writes it to another topic. */
        COPY("B: byte copy", false),
        /** Kafka Streams with the detector's settings and nothing to do. */
        NOTHING("Kafka Streams that does nothing, exactly once", false),
        /** The detector. */
        OURS("ours", true),
        /** Kafka Streams the ordinary way. */
        ORDINARY("the ordinary Kafka Streams app", true),
        /** Apache Flink with state on its heap. */
        FLINK_HEAP("Flink, heap", true),
        /** Apache Flink with state in RocksDB. */
        FLINK_ROCKSDB("Flink, RocksDB", true);

        private final String words;
        private final boolean detects;

        Make(String words, boolean detects) {
            this.words = words;
            this.detects = detects;
        }

        boolean isFlink() {
            return this == FLINK_HEAP || this == FLINK_ROCKSDB;
        }
    }

    /** Whether it writes alerts. */
    boolean detects() {
        return make.detects;
    }

    /** For people. */
    String words() {
        if (!make.detects) {
            return make.words;
        }
        return make.words + ", " + (exactlyOnce ? "exactly once" : "at least once") + ", " + threads
                + (threads == 1 ? " thread" : " threads");
    }

    /** For topics and folders. */
    String slug() {
        return make.name().toLowerCase(Locale.ROOT).replace('_', '-') + (exactlyOnce ? "-eos-" : "-alo-") + threads;
    }

    /** Those of the makes, with the numbers of threads where they have a choice. */
    static List<Entrant> of(Make make, List<Integer> threads) {
        return switch (make) {
            case POLL, COPY -> List.of(new Entrant(make, 1, false));
            case NOTHING -> List.of(new Entrant(make, 1, true));
            case OURS ->
                Stream.concat(
                                threads.stream().map(count -> new Entrant(make, count, true)),
                                threads.stream().limit(1).map(count -> new Entrant(make, count, false)))
                        .toList();
            case ORDINARY -> List.of(new Entrant(make, 1, false), new Entrant(make, 1, true));
            case FLINK_HEAP, FLINK_ROCKSDB -> List.of(new Entrant(make, 1, false));
        };
    }
}
