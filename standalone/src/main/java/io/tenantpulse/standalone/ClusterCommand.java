package io.tenantpulse.standalone;

import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.tenantpulse.admin.AdminException;
import io.tenantpulse.admin.ClusterRemover;
import io.tenantpulse.schema.RecordSerde;
import io.tenantpulse.schema.RegistryClients;
import io.tenantpulse.schema.SerdeSettings;
import io.tenantpulse.schema.Topics;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code cluster}: what is done to a whole cluster. */
@Command(name = "cluster", description = "Commands about a whole cluster.", subcommands = ClusterCommand.Remove.class)
final class ClusterCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "say what is to be done: cluster remove NAME");
    }

    /** {@code cluster remove}: a cluster is gone for good. */
    @Command(
            name = "remove",
            description = {
                "A cluster is gone for good: its alerts resolve with cluster-removed, and its state is deleted.",
                "",
                "An exporter that still watches it stops watching it; one that is started later brings it back."
            })
    static final class Remove implements Callable<Integer> {
        @Parameters(paramLabel = "NAME", description = "Name of the cluster, as in its alerts.")
        private String name;

        @Option(
                names = "--data",
                paramLabel = "DIR",
                defaultValue = "data",
                description = "Data folder of a running up, where no broker is given. Default: ./data.")
        private Path data;

        @Option(names = "--bootstrap-servers", paramLabel = "HOST:PORT,…", description = "Kafka of the log.")
        private @Nullable String bootstrapServers;

        @Option(names = "--registry", paramLabel = "URL", description = "Schema registry of the log.")
        private @Nullable String registry;

        @Option(
                names = "--topic-prefix",
                paramLabel = "PREFIX",
                description = "Default: " + Topics.DEFAULT_PREFIX + ".")
        private String prefix = Topics.DEFAULT_PREFIX;

        @Option(names = "--partitions", paramLabel = "N", description = "Of the log. Default: ${DEFAULT-VALUE}.")
        private int partitions = Topics.DEFAULT_PARTITIONS;

        @Option(names = "--force", description = "Also when the log has no mark of such a cluster.")
        private boolean force;

        @Spec
        private CommandSpec spec;

        @Override
        public Integer call() throws IOException, InterruptedException {
            Addresses addresses = addresses();
            SerdeSettings settings = SerdeSettings.of(addresses.registryUrl());
            try (SchemaRegistryClient client = RegistryClients.create(settings)) {
                ClusterRemover remover = new ClusterRemover(
                        Map.of("bootstrap.servers", addresses.bootstrapServers()),
                        Topics.of(prefix, partitions).observations(),
                        new RecordSerde(client, settings),
                        InstantSource.system());
                long epoch = remover.remove(name, force);
                spec.commandLine().getErr().println("cluster " + name + " is removed, by epoch " + epoch);
                return ExitCode.OK;
            } catch (AdminException e) {
                throw new CommandFailure(ExitCode.USAGE, String.valueOf(e.getMessage()), e);
            } catch (KafkaException e) {
                throw new CommandFailure(ExitCode.CANNOT_REACH, "cannot reach the log: " + e.getMessage(), e);
            }
        }

        private Addresses addresses() {
            if (bootstrapServers != null && registry != null) {
                return new Addresses(bootstrapServers, registry);
            }
            if (bootstrapServers != null || registry != null) {
                throw new ParameterException(
                        spec.commandLine(), "--bootstrap-servers and --registry are given together, or neither");
            }
            return Addresses.read(data);
        }
    }
}
