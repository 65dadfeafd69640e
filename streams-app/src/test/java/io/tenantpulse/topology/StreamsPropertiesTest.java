package io.tenantpulse.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantpulse.config.StreamsAppConfig;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StreamsPropertiesTest {
    private static final String SEGMENT = "topic.segment.bytes";

    @Test
    void closesSegmentsOfChangelogsSoonUnlessToldOtherwise() {
        assertThat(StreamsProperties.of(config(Map.of()))).containsEntry(SEGMENT, "67108864");
        assertThat(StreamsProperties.of(config(Map.of(SEGMENT, "1048576")))).containsEntry(SEGMENT, "1048576");
    }

    private static StreamsAppConfig config(Map<String, String> streams) {
        return new StreamsAppConfig(
                "detector",
                "detector",
                Path.of("state"),
                "tenant-pulse",
                4,
                (short) 1,
                null,
                new StreamsAppConfig.Http("127.0.0.1", 0, List.of()),
                Map.of("bootstrap.servers", "127.0.0.1:1"),
                streams,
                Map.of("schema.registry.url", "http://127.0.0.1:1"),
                List.of());
    }
}
