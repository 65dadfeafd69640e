package io.tenantpulse.standalone;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/** Runs {@code check} and {@code diagnostics} in this JVM as the command line does, against one detector. */
final class CheckRun {
    private final String url;
    private StringWriter out = new StringWriter();
    private StringWriter err = new StringWriter();

    CheckRun(String url) {
        this.url = url;
    }

    int exitCode(String tenant, String... more) {
        return run("check", tenant, more);
    }

    int diagnostics(String tenant, Path file, String... more) {
        List<String> args = new ArrayList<>(List.of("-o", file.toString()));
        args.addAll(List.of(more));
        return run("diagnostics", tenant, args.toArray(String[]::new));
    }

    /** The files of an archive by their names in its folder. */
    static Map<String, byte[]> unpacked(Path archive) throws IOException {
        Map<String, byte[]> files = new LinkedHashMap<>();
        try (ZipInputStream zip = new ZipInputStream(Files.newInputStream(archive))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                files.put(entry.getName().substring(entry.getName().indexOf('/') + 1), zip.readAllBytes());
            }
        }
        return files;
    }

    /** A file of an archive. */
    static JsonNode json(Path archive, String file) throws IOException {
        return new ObjectMapper().readTree(unpacked(archive).get(file));
    }

    private int run(String command, String tenant, String... more) {
        out = new StringWriter();
        err = new StringWriter();
        List<String> args = new ArrayList<>(List.of(command, tenant, "--url", url));
        args.addAll(List.of(more));
        return Launcher.commandLine(new PrintWriter(err, true))
                .setOut(new PrintWriter(out, true))
                .execute(args.toArray(String[]::new));
    }

    String out() {
        return out.toString();
    }

    String err() {
        return err.toString();
    }

    /** What a path answers. */
    JsonNode get(String path) throws IOException, InterruptedException {
        return new ObjectMapper().readTree(ask(path).body());
    }

    private HttpResponse<String> ask(String path) throws IOException, InterruptedException {
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(URI.create(url + path)).build(), HttpResponse.BodyHandlers.ofString());
    }

    /** Status and problem of a request. */
    String status(String path) throws IOException, InterruptedException {
        HttpResponse<String> response = ask(path);
        JsonNode problem = new ObjectMapper().readTree(response.body());
        String type = problem.path("type").asText();
        return response.statusCode() + " " + type.substring(type.lastIndexOf(':') + 1);
    }
}
