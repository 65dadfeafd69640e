package io.tenantpulse.bench;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import io.fabric8.kubernetes.api.model.WatchEvent;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;

/** A process that only reads a recording from standard input, in one of the ways that a replay is compared with, and makes nothing of it. */
public final class LineProcess {
    private LineProcess() {}

    /** {@code tokens} or {@code fabric8}. */
    public static void main(String[] args) throws IOException {
        System.out.println(args[0].equals("tokens") ? tokens(System.in) : fabric8(System.in));
    }

    private static long tokens(InputStream in) throws IOException {
        long seen = 0;
        try (JsonParser parser = new JsonFactory().createParser(in)) {
            while (parser.nextToken() != null) {
                seen++;
            }
        }
        return seen;
    }

    /** As fabric8's watches decode a line. */
    private static long fabric8(InputStream in) throws IOException {
        KubernetesSerialization serialization = new KubernetesSerialization();
        long seen = 0;
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                seen += serialization.unmarshal(line, WatchEvent.class).getObject() == null ? 0 : 1;
            }
        }
        return seen;
    }
}
