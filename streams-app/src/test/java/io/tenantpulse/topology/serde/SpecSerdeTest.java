package io.tenantpulse.topology.serde;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.type.TypeReference;
import io.tenantpulse.model.Dependency;
import io.tenantpulse.model.ObjectId;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class SpecSerdeTest {
    private static final ObjectId API = new ObjectId("apps", "Deployment", "tenants", "api");
    private static final List<Dependency> SPEC = List.of(
            new Dependency("db", new ObjectId("", "Service", "", ""), List.of(), true, Duration.ofMinutes(5), false),
            new Dependency("api", API, List.of("db", "größe"), false, Duration.ofMillis(1), true));

    private final SpecSerde serde = new SpecSerde();

    @Test
    void keepsAllOfIt() {
        assertThat(serde.toState(serde.toBytes(SPEC))).isEqualTo(SPEC);
        assertThat(serde.toState(serde.toBytes(List.of()))).isEmpty();
    }

    @Test
    void readsWhatTheFirstVersionWrote() {
        byte[] old = new StateSerde<>(new TypeReference<List<Dependency>>() {}).toBytes(SPEC);

        assertThat(serde.toState(old)).isEqualTo(SPEC);
    }

    @Test
    void saysWhichVersionItDoesNotKnow() {
        assertThatThrownBy(() -> serde.toState(new byte[] {9}))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("version 9");
    }
}
