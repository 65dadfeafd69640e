package io.tenantpulse.standalone;

import io.tenantpulse.exporter.ExporterMain;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;

/** The exporter as a process of its own, on this test's class path, with everything logged that can be logged. */
final class ExporterProcess implements AutoCloseable {
    private static final Pattern SERVING =
            Pattern.compile("serving health and metrics url=\"(http://127\\.0\\.0\\.1:\\d+)");
    private static final Pattern CONNECTIONS = Pattern.compile("HttpClient-\\d+-SelectorManager");
    private static final Duration START = Duration.ofSeconds(60);
    private static final Duration COLLECTED = Duration.ofMinutes(3);
    private static final long TOOL_SECONDS = 60;

    private final Process process;
    private final Path output;
    private final HttpClient http = HttpClient.newHttpClient();

    private ExporterProcess(Process process, Path output) {
        this.process = process;
        this.output = output;
    }

    static ExporterProcess start(Path config, Path logback, Path output) throws IOException {
        List<String> command = List.of(
                java("java"),
                "-Xmx256m",
                "-Dlogback.configurationFile=" + logback,
                "-cp",
                System.getProperty("java.class.path"),
                ExporterMain.class.getName(),
                config.toString());
        return new ExporterProcess(
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(output.toFile())
                        .start(),
                output);
    }

    /** All that it has printed. */
    Path output() {
        return output;
    }

    /** What it answers over HTTP. */
    String get(String path) throws Exception {
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(url() + path)).timeout(START).build();
        return http.send(request, HttpResponse.BodyHandlers.ofString()).body();
    }

    private String url() {
        return Awaitility.await("the exporter says where it listens")
                .atMost(START)
                .until(
                        () -> {
                            Matcher serving = SERVING.matcher(Files.readString(output));
                            return serving.find() ? serving.group(1) : "";
                        },
                        found -> !found.isEmpty());
    }

    /** The threads that own its connections to API servers. */
    Set<String> connectionThreads() throws Exception {
        return CONNECTIONS
                .matcher(jcmd("Thread.print"))
                .results()
                .map(MatchResult::group)
                .collect(Collectors.toSet());
    }

    /**
     * What is still reachable in it after collections. The JDK's HTTP client cannot be closed in Java 17: it ends, and lets go of its
     * buffers, some seconds after it was collected itself.
     *
     * @param closed threads of connections that have been closed and must be gone
     */
    Path heapDump(Path file, Set<String> closed) throws Exception {
        Awaitility.await("closed connections are gone")
                .atMost(COLLECTED)
                .pollInterval(Duration.ofSeconds(1))
                .until(() -> {
                    jcmd("GC.run");
                    return connectionThreads().stream().noneMatch(closed::contains);
                });
        jcmd("GC.run");
        jcmd("GC.heap_dump", file.toString());
        return file;
    }

    private String jcmd(String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(java("jcmd"), Long.toString(process.pid())));
        command.addAll(List.of(arguments));
        Process tool = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(tool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (!tool.waitFor(TOOL_SECONDS, TimeUnit.SECONDS) || tool.exitValue() != 0) {
            tool.destroyForcibly();
            throw new AssertionError("jcmd did not do " + List.of(arguments) + ": " + said);
        }
        return said;
    }

    private static String java(String tool) {
        return Path.of(System.getProperty("java.home"), "bin", tool).toString();
    }

    /** Ends it in order, so that all it has to say is said. */
    void stop() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            throw new AssertionError("the exporter did not end");
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
