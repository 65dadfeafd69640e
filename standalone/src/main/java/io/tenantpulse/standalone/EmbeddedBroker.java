package io.tenantpulse.standalone;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A whole Kafka of one node inside this process, for a laptop, a demo and tests: broker and controller on 127.0.0.1, data
 * under one directory, which a later start takes up again.
 *
 * <p>It is Kafka's own server: when its disk fails or is full it ends the process.
 */
public final class EmbeddedBroker implements AutoCloseable {
    /** Option of the command line that chooses the port. */
    static final String PORT_FLAG = "--kafka-port";

    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedBroker.class);
    private static final String WHAT = "the embedded Kafka";
    private static final int NODE = 1;
    private static final int ATTEMPTS = 3;
    private static final long CLOSE_SECONDS = 30;

    private final DirectoryLock lock;
    private final KafkaRaftServer server;
    private final int port;

    /**
     * Starts and returns when clients can connect.
     *
     * @param dir where the data is kept; made if it does not exist
     * @param port to listen on; 0 for a free one
     * @throws EmbeddedStartException if the port or the directory cannot be used
     */
    public EmbeddedBroker(Path dir, int port) {
        Path data = dir.toAbsolutePath().resolve("kafka");
        // Kafka has a lock of its own, but a second controller writes to the log before it gets there.
        this.lock = DirectoryLock.take(dir.toAbsolutePath().resolve("kafka-lock"), WHAT);
        try {
            format(data);
            LostBroker.fence(data, NODE);
            Started started = start(data, port);
            this.server = started.server;
            this.port = started.port;
        } catch (RuntimeException e) {
            lock.close();
            throw e;
        }
    }

    /** For clients' {@code bootstrap.servers}. */
    public String bootstrapServers() {
        return BrokerSettings.LOOPBACK + ':' + port;
    }

    /** Stops in order; gives up after half a minute, the next start then checks its files. */
    @Override
    public void close() {
        Thread stopper = new Thread(() -> shutDown(server), "embedded-broker-stop");
        stopper.setDaemon(true);
        stopper.start();
        try {
            stopper.join(TimeUnit.SECONDS.toMillis(CLOSE_SECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (stopper.isAlive()) {
            LOG.atWarn().addKeyValue("seconds", CLOSE_SECONDS).log("embedded broker did not stop in time");
            return;
        }
        lock.close();
    }

    private static void shutDown(KafkaRaftServer server) {
        server.shutdown();
        server.awaitShutdown();
    }

    private static void format(Path data) {
        try {
            Files.createDirectories(data);
            // Written last by the formatter, so its presence says that the rest is there.
            if (Files.exists(data.resolve("meta.properties"))) {
                return;
            }
            new Formatter()
                    .setClusterId(Uuid.randomUuid().toString())
                    .setNodeId(NODE)
                    .addDirectory(data.toString())
                    .setMetadataLogDirectory(data.toString())
                    .setControllerListenerName("CONTROLLER")
                    .setIgnoreFormatted(true)
                    .setPrintStream(new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8))
                    .run();
        } catch (Exception e) {
            // The formatter declares Exception: whatever it is, the directory cannot be used.
            throw new EmbeddedStartException(
                    "data directory " + data + " cannot be prepared for Kafka (" + e.getMessage()
                            + "): choose another one with --data",
                    e);
        }
    }

    /** A free port can be taken by somebody else before Kafka listens on it: then another is tried. */
    private static Started start(Path data, int wanted) {
        for (int attempt = 1; ; attempt++) {
            int port = LoopbackPorts.free(wanted, WHAT, PORT_FLAG);
            int controller = LoopbackPorts.free(0, WHAT, PORT_FLAG);
            try {
                return new Started(start(data, port, controller), port);
            } catch (StartFailure e) {
                if (!e.isPortTaken() || attempt == ATTEMPTS) {
                    throw e.told(data);
                }
            }
        }
    }

    private static KafkaRaftServer start(Path data, int port, int controller) throws StartFailure {
        KafkaRaftServer made = null;
        try {
            made = new KafkaRaftServer(new KafkaConfig(BrokerSettings.of(data, NODE, port, controller)), Time.SYSTEM);
            made.startup();
            return made;
        } catch (RuntimeException e) {
            if (made != null) {
                shutDown(made);
            }
            throw new StartFailure(e);
        }
    }

    private record Started(KafkaRaftServer server, int port) {}

    /** Kafka's own exception, and what it comes down to. */
    private static final class StartFailure extends Exception {
        private static final long serialVersionUID = 1L;

        StartFailure(RuntimeException cause) {
            super(cause);
        }

        boolean isPortTaken() {
            return says("Address already in use");
        }

        EmbeddedStartException told(Path data) {
            return new EmbeddedStartException(
                    "the embedded Kafka cannot start on " + data + " ("
                            + getCause().getMessage() + "): look at the log, or choose another directory with --data",
                    getCause());
        }

        private boolean says(String words) {
            for (Throwable e = getCause(); e != null; e = e.getCause()) {
                if (String.valueOf(e.getMessage()).contains(words)) {
                    return true;
                }
            }
            return false;
        }
    }
}
