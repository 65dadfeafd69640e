package io.tenantpulse.bench.detector;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** A real broker and a schema registry in a process of their own, so that their work is nobody's. */
final class Servers implements AutoCloseable {
    private static final Duration START = Duration.ofMinutes(2);
    private static final List<String> FLAGS = List.of("-Xmx1g");

    private final ChildProcess process;
    private final Addresses addresses;

    /** Where clients find them. */
    record Addresses(String bootstrapServers, String registryUrl) {}

    private Servers(ChildProcess process, Addresses addresses) {
        this.process = process;
        this.addresses = addresses;
    }

    /** @param folder for their data, empty */
    static Servers start(Path folder) throws IOException, InterruptedException {
        ChildProcess process = ChildProcess.start(
                ChildProcess.OWN_CLASS_PATH, FLAGS, ServersProcess.class.getName(), folder.toString());
        try {
            String[] told = process.await(ServersProcess.READY, START).split(" ");
            return new Servers(process, new Addresses(told[0], told[1]));
        } catch (IOException | InterruptedException | RuntimeException e) {
            process.close();
            throw e;
        }
    }

    Addresses addresses() {
        return addresses;
    }

    @Override
    public void close() {
        process.close();
    }
}
