package io.tenantpulse.topology;

import io.tenantpulse.metrics.Meters;
import io.tenantpulse.schema.UndecodableRecordException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts records that cannot be read aside as they came, with the headers that Kafka Streams' own dead letter queue writes, so
 * that tools for it work here. They never quote the record: of causes only the names and places are told, their messages may
 * hold data.
 */
final class DeadLetters {
    private static final Logger LOG = LoggerFactory.getLogger(DeadLetters.class);
    private static final String PREFIX = "__streams.errors.";
    private static final int FRAMES = 20;

    private DeadLetters() {}

    /** @param sink node that writes them */
    static void bury(
            Record<byte[], byte[]> record,
            UndecodableRecordException error,
            ProcessorContext<Object, Object> context,
            Meters meters,
            String sink) {
        RecordMetadata from = context.recordMetadata().orElseThrow();
        LOG.atWarn()
                .addKeyValue("topic", from.topic())
                .addKeyValue("partition", from.partition())
                .addKeyValue("offset", from.offset())
                .addKeyValue("cause", error.getMessage())
                .log("record cannot be decoded: it goes to the dead letters");
        meters.deadLetter(error.getClass().getSimpleName());
        context.forward(record.withHeaders(headers(record.headers(), from, error)), sink);
    }

    private static Headers headers(Headers original, RecordMetadata from, RuntimeException error) {
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
