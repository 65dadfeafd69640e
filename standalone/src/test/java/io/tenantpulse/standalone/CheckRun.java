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
import java.util.ArrayList;
import java.util.List;

/** Runs {@code check} in this JVM as the command line does, against one detector. */
final class CheckRun {
    private final String url;
    private StringWriter out = new StringWriter();
    private StringWriter err = new StringWriter();

    CheckRun(String url) {
        this.url = url;
    }

    int exitCode(String tenant, String... more) {
        out = new StringWriter();
        err = new StringWriter();
        List<String> args = new ArrayList<>(List.of("check", tenant, "--url", url));
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

    /** Status and problem of a request. */
    String status(String path) throws IOException, InterruptedException {
        HttpResponse<String> response = HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(URI.create(url + path)).build(), HttpResponse.BodyHandlers.ofString());
        JsonNode problem = new ObjectMapper().readTree(response.body());
        String type = problem.path("type").asText();
        return response.statusCode() + " " + type.substring(type.lastIndexOf(':') + 1);
    }
}
