package io.tenantpulse.bench.detector;

import io.tenantpulse.standalone.EmbeddedBroker;
import io.tenantpulse.standalone.EmbeddedRegistry;
import java.io.IOException;
import java.nio.file.Path;

/** Broker and registry as a process: {@code FOLDER}. Says where they are and runs until its input ends. */
public final class ServersProcess {
    static final String READY = "READY ";

    private ServersProcess() {}

    public static void main(String[] args) throws IOException {
        Quiet.install();
        Path folder = Path.of(args[0]);
        try (EmbeddedBroker broker = new EmbeddedBroker(folder, 0);
                EmbeddedRegistry registry = new EmbeddedRegistry(folder, 0)) {
            System.out.println(READY + broker.bootstrapServers() + ' ' + registry.url());
            while (System.in.read() >= 0) {
                // nothing is asked; the end of the input is the end
            }
        }
        System.exit(0); // Kafka leaves threads behind
    }
}
