package io.tenantpulse.standalone;

import io.tenantpulse.topology.StreamsMain;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code streams}: the detector as a process of its own. */
@Command(
        name = "streams",
        description = "Run the detector against a real Kafka and schema registry. Settings come from the file and from"
                + " TENANT_PULSE_* variables, which win.")
final class StreamsCommand implements Callable<Integer> {
    @Parameters(arity = "0..1", paramLabel = "CONFIG.yaml", description = "Settings.")
    private @Nullable String config;

    @Override
    public Integer call() throws InterruptedException {
        return StreamsMain.run(config == null ? new String[0] : new String[] {config}, System.getenv());
    }
}
