package io.tenantpulse.exporter.kube;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tenantpulse.exporter.WatchedKind;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Of a full object of every kind, only the fields that are named in {@code whitelist.txt} become facts; nothing else can be written or published. */
class WhitelistTest {
    static List<WatchedKind> kinds() {
        return WatchedKind.ALL;
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void onlyNamedFieldsOfAFullObjectBecomeFacts(WatchedKind kind) throws IOException {
        FullObjects objects = new FullObjects();
        ObjectNode object = objects.of(kind);
        byte[] bytes = object.toString().getBytes(StandardCharsets.UTF_8);

        Facts facts = Objects.requireNonNull(new Projection().read(kind, bytes, 0, bytes.length));

        assertThat(facts.undecodable()).isFalse();
        String known = facts + new String(WhitelistWriter.write(facts), StandardCharsets.UTF_8);
        assertThat(new TreeSet<>(objects.in(known).keySet())).isEqualTo(allowed(kind));
    }

    @Test
    void theObjectsAreFull() {
        FullObjects objects = new FullObjects();
        WatchedKind.ALL.forEach(objects::of);

        assertThat(objects.places()).hasSizeGreaterThan(5000);
        assertThat(objects.places())
                .containsValues(
                        "metadata.managedFields[].fieldsV1.(name)",
                        "metadata.annotations.*",
                        "spec.template.spec.containers[].env[].value",
                        "spec.template.spec.imagePullSecrets[].name",
                        "spec.volumes[].azureFile.secretName",
                        "spec.tls[].secretName",
                        "data.*",
                        "spec.metrics[].external.metric.selector.matchLabels.*");
    }

    private static TreeSet<String> allowed(WatchedKind kind) throws IOException {
        TreeSet<String> allowed = new TreeSet<>();
        try (InputStream in = Objects.requireNonNull(WhitelistTest.class.getResourceAsStream("/whitelist.txt"))) {
            boolean ours = false;
            for (String line : new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList()) {
                if (line.startsWith("# ")) {
                    List<String> of = List.of(line.substring(1).strip().split("[ ,]+"));
                    ours = of.contains("all") || of.contains(kind.toString());
                } else if (ours && !line.isBlank()) {
                    allowed.add(line.strip());
                }
            }
        }
        return allowed;
    }
}
