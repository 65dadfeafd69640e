package io.tenantpulse.bench.detector;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.TopicConfig;
import org.jspecify.annotations.Nullable;

/** Lets contenders work off one log, one after the other, and compares what they say. */
public final class Race {
    private static final Duration BOUND = Duration.ofMinutes(60);
    private static final Duration TOPICS = Duration.ofSeconds(30);

    private final Servers.Addresses addresses;
    private final Path folder;
    private final List<String> flags;
    private final @Nullable String flinkClassPath;
    private final @Nullable Path profiles;

    /**
     * A contender's result.
     *
     * @param firings null: it does not detect
     */
    public record Finish(
            Entrant entrant, Measurement measured, @Nullable Firings firings) {}

    /**
     * All results over one log.
     *
     * @param log that was worked off
     */
    public record Ranking(LogWriter.Written log, List<Finish> finishes) {}

    /**
     * @param flinkClassPath of Flink's contenders; null: there are none
     * @param profiles where contenders' flight recordings go; null: none are made
     */
    Race(
            Servers.Addresses addresses,
            Path folder,
            List<String> flags,
            @Nullable String flinkClassPath,
            @Nullable Path profiles) {
        this.addresses = addresses;
        this.folder = folder;
        this.flags = List.copyOf(flags);
        this.flinkClassPath = flinkClassPath;
        this.profiles = profiles;
    }

    /**
     * Writes the log and has it worked off.
     *
     * @throws IOException if a contender fails, or they disagree on what fires
     */
    Ranking run(LogSpec spec, List<Entrant> entrants) throws IOException, InterruptedException {
        topic(spec.prefix() + ".observations");
        LogWriter.Written log = LogWriter.write(spec, addresses);
        List<Finish> finishes = new ArrayList<>();
        for (Entrant each : entrants) {
            Finish finish = run(log, each);
            Progress.say(log, finish);
            finishes.add(finish);
        }
        Ranking ranking = new Ranking(log, finishes);
        check(ranking);
        return ranking;
    }

    private Finish run(LogWriter.Written log, Entrant entrant) throws IOException, InterruptedException {
        Job job = job(log, entrant);
        topic(job.alerts());
        Measurement measured = measure(job, entrant);
        return new Finish(entrant, measured, entrant.detects() ? Firings.of(job) : null);
    }

    Job job(LogWriter.Written log, Entrant entrant) {
        String name = log.spec().prefix() + '-' + entrant.slug();
        return new Job(
                entrant.make().name(),
                addresses.bootstrapServers(),
                addresses.registryUrl(),
                log.topic(),
                name,
                log.listed(),
                log.warm(),
                log.total(),
                log.endMillis(),
                entrant.threads(),
                entrant.exactlyOnce(),
                folder.resolve(name).toString());
    }

    /** For files of whatever takes part. */
    Path folder() {
        return folder;
    }

    /** A process that is told the job and runs on our class path. */
    ChildProcess start(Class<?> main, Job job) throws IOException {
        return ChildProcess.start(ChildProcess.OWN_CLASS_PATH, flags, main.getName(), job.toJson());
    }

    private Measurement measure(Job job, Entrant entrant) throws IOException, InterruptedException {
        String classPath = ChildProcess.OWN_CLASS_PATH;
        String main = ContenderProcess.class.getName();
        if (entrant.make().isFlink()) {
            if (flinkClassPath == null) {
                throw new IOException("Flink's jars are not there: build the module bench-flink");
            }
            classPath = flinkClassPath;
            main = "io.tenantpulse.bench.flink.FlinkProcess";
        }
        try (ChildProcess process = ChildProcess.start(classPath, flags(job), main, job.toJson())) {
            Measurement measured = Measurement.fromJson(process.await(MeasuredRun.RESULT, BOUND));
            process.awaitEnd();
            return measured;
        }
    }

    private List<String> flags(Job job) {
        if (profiles == null) {
            return flags;
        }
        List<String> all = new ArrayList<>(flags);
        // Below what Streams puts between the log and the detector, the usual 64 frames end before the detector begins.
        all.add("-XX:FlightRecorderOptions=stackdepth=256");
        all.add("-XX:StartFlightRecording=settings=profile,dumponexit=true,filename="
                + profiles.resolve(job.prefix() + ".jfr"));
        return all;
    }

    /** Kept for ever: the log's time is not the broker's. */
    void topic(String name) throws IOException, InterruptedException {
        try (Admin admin =
                Admin.create(Map.of(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, addresses.bootstrapServers()))) {
            NewTopic topic = new NewTopic(name, LogSpec.PARTITIONS, (short) 1)
                    .configs(Map.of(TopicConfig.RETENTION_MS_CONFIG, "-1"));
            admin.createTopics(List.of(topic)).all().get(TOPICS.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new IOException("topic " + name + " could not be made: " + e, e);
        }
    }

    static void check(Ranking ranking) throws IOException {
        Finish first = null;
        for (Finish each : ranking.finishes) {
            if (each.firings == null) {
                continue;
            }
            if (each.firings.count() == 0) {
                throw new IOException(each.entrant.words() + " fired nothing over " + ranking.log.topic()
                        + ": the log is too short to compare what fires");
            }
            if (first != null && first.firings != null && !each.firings.agreesWith(first.firings)) {
                throw new IOException("over " + ranking.log.topic() + " " + first.entrant.words() + " fired "
                        + first.firings + ", " + each.entrant.words() + " " + each.firings);
            }
            first = first == null ? each : first;
        }
    }
}
