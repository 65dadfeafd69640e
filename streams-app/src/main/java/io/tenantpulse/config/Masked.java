package io.tenantpulse.config;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Settings for people to read: only values that are known to be harmless are shown. */
final class Masked {
    private static final Set<String> HARMLESS = Set.of(
            "bootstrap.servers",
            "client.id",
            "security.protocol",
            "compression.type",
            "linger.ms",
            "batch.size",
            "acks",
            "num.stream.threads",
            "num.standby.replicas",
            "commit.interval.ms",
            "replication.factor",
            "auto.register.schemas",
            "session.timeout.ms");

    private Masked() {}

    static Map<String, String> of(Map<String, String> settings) {
        Map<String, String> shown = new TreeMap<>();
        settings.forEach((key, value) -> shown.put(key, shown(key, value)));
        return shown;
    }

    private static String shown(String key, String value) {
        if (key.equals(StreamsAppConfig.REGISTRY_URL)) {
            return value.replaceAll("//[^/@]*@", "//***@");
        }
        return HARMLESS.contains(key) ? value : "***";
    }
}
