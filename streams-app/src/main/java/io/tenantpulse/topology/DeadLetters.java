package io.tenantpulse.topology;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.RecordMetadata;

/**
 * The headers of a dead letter: those that Kafka Streams' own dead letter queue writes, so that tools for it work here.
 * They never quote the record: of causes only the names and places are told, their messages may hold data.
 */
final class DeadLetters {
    private static final String PREFIX = "__streams.errors.";
    private static final int FRAMES = 20;

    private DeadLetters() {}

    static Headers headers(Headers original, RecordMetadata from, RuntimeException error) {
        Headers headers = new RecordHeaders(original);
        add(headers, "exception", error.getClass().getName());
        add(headers, "stacktrace", trace(error));
        add(headers, "message", String.valueOf(error.getMessage()));
        add(headers, "topic", from.topic());
        add(headers, "partition", Integer.toString(from.partition()));
        add(headers, "offset", Long.toString(from.offset()));
        return headers;
    }

    private static void add(Headers headers, String name, String value) {
        headers.add(PREFIX + name, value.getBytes(StandardCharsets.UTF_8));
    }

    private static String trace(Throwable error) {
        String cause = error.getCause() == null ? "" : "\nCaused by: " + trace(error.getCause());
        return Arrays.stream(error.getStackTrace())
                        .limit(FRAMES)
                        .map(frame -> "\n\tat " + frame)
                        .collect(Collectors.joining("", error.getClass().getName(), ""))
                + cause;
    }
}
