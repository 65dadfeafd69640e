package io.tenantpulse.standalone;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;

/**
 * Where a running {@code up} listens, kept in its data folder so that other commands find it.
 *
 * @param bootstrapServers of its Kafka
 * @param registryUrl of its schema registry
 */
record Addresses(String bootstrapServers, String registryUrl) {
    private static final String FILE = "addresses.properties";

    void write(Path data) throws IOException {
        Files.writeString(
                data.resolve(FILE),
                "bootstrap.servers=" + bootstrapServers + "\nschema.registry.url=" + registryUrl + "\n");
    }

    /** @throws CommandFailure if no {@code up} has run on that folder */
    static Addresses read(Path data) {
        Properties properties = new Properties();
        try {
            properties.load(new StringReader(Files.readString(data.resolve(FILE))));
        } catch (IOException e) {
            throw new CommandFailure(
                    ExitCode.CANNOT_REACH,
                    "no running up found in " + data + " (start one there, or give --bootstrap-servers and --registry)",
                    e);
        }
        return new Addresses(
                properties.getProperty("bootstrap.servers", ""), properties.getProperty("schema.registry.url", ""));
    }
}
