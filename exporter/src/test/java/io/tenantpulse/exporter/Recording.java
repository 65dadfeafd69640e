package io.tenantpulse.exporter;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.zip.GZIPInputStream;

/** What a real cluster served for 47 minutes, line by line. */
public final class Recording {
    private static final JsonFactory JSON = new JsonFactory();
    private static final Map<String, List<Line>> READ = new HashMap<>();
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private Recording() {}

    /** One watch event; the object is {@code bytes[offset .. offset + length)}. */
    public record Line(Instant ts, String type, String apiVersion, String kind, byte[] bytes, int offset, int length) {
        public Optional<WatchedKind> watched() {
            return WatchedKind.of(apiVersion, kind);
        }

        public byte[] object() {
            return Arrays.copyOfRange(bytes, offset, offset + length);
        }

        public JsonNode tree() {
            try {
                return MAPPER.readTree(bytes, offset, length);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** All lines of {@code alpha} or {@code beta}. */
    public static synchronized List<Line> of(String cluster) {
        return READ.computeIfAbsent(cluster, Recording::read);
    }

    private static List<Line> read(String cluster) {
        List<Line> lines = new ArrayList<>();
        try (InputStream file = Objects.requireNonNull(
                        Recording.class.getResourceAsStream("/recorded/" + cluster + ".ndjson.gz"));
                BufferedReader reader =
                        new BufferedReader(new InputStreamReader(new GZIPInputStream(file), StandardCharsets.UTF_8))) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                lines.add(parse(line.getBytes(StandardCharsets.UTF_8)));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return lines;
    }

    private static Line parse(byte[] bytes) throws IOException {
        String ts = "";
        String type = "";
        String apiVersion = "";
        String kind = "";
        int offset = 0;
        int end = 0;
        try (JsonParser in = JSON.createParser(bytes)) {
            in.nextToken();
            while (in.nextToken() == JsonToken.FIELD_NAME) {
                String name = in.currentName();
                in.nextToken();
                switch (name) {
                    case "ts" -> ts = in.getText();
                    case "type" -> type = in.getText();
                    case "object" -> {
                        offset = (int) in.currentTokenLocation().getByteOffset();
                        while (in.nextToken() == JsonToken.FIELD_NAME) {
                            String field = in.currentName();
                            in.nextToken();
                            if (field.equals("apiVersion")) {
                                apiVersion = in.getText();
                            } else if (field.equals("kind")) {
                                kind = in.getText();
                            }
                            in.skipChildren();
                        }
                        end = (int) in.currentLocation().getByteOffset();
                    }
                    default -> in.skipChildren();
                }
            }
        }
        return new Line(Instant.parse(ts), type, apiVersion, kind, bytes, offset, end - offset);
    }
}
