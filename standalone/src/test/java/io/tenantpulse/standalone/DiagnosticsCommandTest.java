package io.tenantpulse.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What can go wrong on the way to a detector; the rest is shown against a real one. */
class DiagnosticsCommandTest {
    private static final TenantOptions.Name ACME = new TenantOptions.Name("alpha", "tenants", "acme");

    @TempDir
    Path folder;

    private ServerSocket server;

    @BeforeEach
    void listen() throws IOException {
        server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    }

    @AfterEach
    void close() throws IOException {
        server.close();
    }

    private String url() {
        return "http://127.0.0.1:" + server.getLocalPort();
    }

    /** Sends that to who comes first, and keeps the connection open. */
    private CompletableFuture<Socket> say(String answer) {
        return CompletableFuture.supplyAsync(() -> {
            try {
                Socket socket = server.accept();
                OutputStream out = socket.getOutputStream();
                out.write(answer.getBytes(StandardCharsets.US_ASCII));
                out.flush();
                return socket;
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        });
    }

    private static int exitCode(Throwable failure) {
        return ((CommandFailure) failure).exitCode();
    }

    @Test
    void anAnswerThatNeverEndsIsNone() throws IOException, ExecutionException, InterruptedException {
        CompletableFuture<Socket> stalled =
                say("HTTP/1.1 200 OK\r\nContent-Type: application/zip\r\nContent-Length: 100\r\n\r\nPK");
        DetectorClient client = new DetectorClient(URI.create(url()), Duration.ofMillis(300));

        assertThatThrownBy(() -> client.diagnostics(ACME, null))
                .hasMessageContaining("no whole answer came")
                .satisfies(e -> assertThat(exitCode(e)).isEqualTo(ExitCode.CANNOT_REACH));
        stalled.get().close();
    }

    @Test
    void anAnswerThatBreaksOffIsNone() {
        say("HTTP/1.1 200 OK\r\nContent-Type: application/zip\r\nContent-Length: 100\r\n\r\nPK")
                .thenAccept(DiagnosticsCommandTest::hangUp);
        DetectorClient client = new DetectorClient(URI.create(url()));

        assertThatThrownBy(() -> client.diagnostics(ACME, null))
                .satisfies(e -> assertThat(exitCode(e)).isEqualTo(ExitCode.CANNOT_REACH));
    }

    private static void hangUp(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void whatIsNoArchiveComesFromNoDetector() {
        say("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 6\r\n\r\n<html>");
        DetectorClient client = new DetectorClient(URI.create(url()));

        assertThatThrownBy(() -> client.diagnostics(ACME, null))
                .hasMessageContaining("is no detector")
                .satisfies(e -> assertThat(exitCode(e)).isEqualTo(ExitCode.CANNOT_REACH));
    }

    @Test
    void leavesNothingWhenItIsStoppedOnItsWay()
            throws IOException, InterruptedException, ExecutionException, TimeoutException {
        CompletableFuture<Socket> asked = say("HTTP/1.1 200 OK\r\nContent-Type: application/zip\r\n\r\nPK");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx128m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Launcher.class.getName(),
                        "diagnostics",
                        "alpha/tenants/acme",
                        "-o",
                        folder.resolve("acme.zip").toString(),
                        "--url",
                        url())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("said").toFile())
                .start();
        try {
            asked.get(60, TimeUnit.SECONDS);

            process.destroy();

            assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).isEqualTo(143);
            try (Stream<Path> files = Files.list(folder)) {
                assertThat(files.map(file -> file.getFileName().toString())).isEqualTo(List.of("said"));
            }
        } finally {
            process.destroyForcibly();
            asked.get().close();
        }
    }
}
