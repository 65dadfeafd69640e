package io.tenantpulse.standalone;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;

/** One broker for all integration tests of this module: it starts with the first that asks and stops with the JVM. */
final class SharedBroker {
    private SharedBroker() {}

    static String bootstrapServers() {
        return Holder.BROKER.bootstrapServers();
    }

    static Admin admin() {
        return Admin.create(Map.of("bootstrap.servers", bootstrapServers()));
    }

    /** Started by being loaded. */
    private static final class Holder {
        static final EmbeddedBroker BROKER = start();

        private static EmbeddedBroker start() {
            try {
                Path dir = Files.createTempDirectory("shared-broker");
                EmbeddedBroker broker = new EmbeddedBroker(dir, 0);
                Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(broker, dir), "shared-broker-stop"));
                return broker;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private static void stop(EmbeddedBroker broker, Path dir) {
            broker.close();
            try (Stream<Path> files = Files.walk(dir)) {
                files.sorted(Comparator.reverseOrder())
                        .forEach(file -> file.toFile().delete());
            } catch (IOException e) {
                System.err.println("cannot delete " + dir + ": " + e);
            }
        }
    }
}
