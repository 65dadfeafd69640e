package io.tenantpulse.bench;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.tenantpulse.exporter.WatchedKind;
import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/**
 * Watch events as an API server sent them, one line each, of the watched kinds, in order.
 *
 * @param name of the recording
 */
record WatchEvents(String name, List<Event> events) {
    private static final JsonFactory JSON = new JsonFactory();

    /**
     * One line of a watch.
     *
     * @param line {@code {"type":…,"object":…}} and a line feed
     * @param offset where the object begins
     * @param length bytes of the object
     */
    record Event(WatchedKind kind, String type, byte[] line, int offset, int length) {
        String object() {
            return new String(line, offset, length, StandardCharsets.UTF_8);
        }
    }

    WatchEvents {
        events = List.copyOf(events);
    }

    long bytes() {
        return events.stream().mapToLong(each -> each.line().length).sum();
    }

    /** The recordings in a file, or in all files of a folder that end in {@code .ndjson} or {@code .ndjson.gz} and hold watch events. */
    static List<WatchEvents> in(Path input) throws IOException {
        List<Path> files;
        if (Files.isDirectory(input)) {
            try (Stream<Path> found = Files.list(input)) {
                files = found.filter(file -> file.toString().matches(".*\\.ndjson(\\.gz)?"))
                        .sorted()
                        .toList();
            }
        } else {
            files = List.of(input);
        }
        List<WatchEvents> all = new ArrayList<>();
        for (Path file : files) {
            WatchEvents read = read(file);
            if (!read.events().isEmpty()) {
                all.add(read);
            }
        }
        if (all.isEmpty()) {
            throw new IOException("no recording with watch events at " + input
                    + ": give a file of lines {\"ts\",\"cluster\",\"type\",\"object\"}, or a folder of such");
        }
        return all;
    }

    private static WatchEvents read(Path file) throws IOException {
        List<Event> events = new ArrayList<>();
        try (InputStream raw = new BufferedInputStream(Files.newInputStream(file));
                InputStream plain = file.toString().endsWith(".gz") ? new GZIPInputStream(raw, 1 << 16) : raw;
                BufferedReader reader = new BufferedReader(new InputStreamReader(plain, StandardCharsets.UTF_8))) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                Event event = parse(line.getBytes(StandardCharsets.UTF_8));
                if (event != null) {
                    events.add(event);
                }
            }
        }
        return new WatchEvents(file.getFileName().toString().replaceAll("\\.ndjson(\\.gz)?$", ""), events);
    }

    @org.jspecify.annotations.Nullable
    private static Event parse(byte[] recorded) throws IOException {
        String type = "";
        String apiVersion = "";
        String kind = "";
        int from = 0;
        int to = 0;
        try (JsonParser in = JSON.createParser(recorded)) {
            in.nextToken();
            while (in.nextToken() == JsonToken.FIELD_NAME) {
                String name = in.currentName();
                JsonToken value = in.nextToken();
                if (name.equals("type")) {
                    type = in.getText();
                } else if (name.equals("object") && value == JsonToken.START_OBJECT) {
                    from = (int) in.currentTokenLocation().getByteOffset();
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
                    to = (int) in.currentLocation().getByteOffset();
                } else {
                    in.skipChildren();
                }
            }
        }
        WatchedKind watched = WatchedKind.of(apiVersion, kind).orElse(null);
        if (watched == null || to == 0) {
            return null;
        }
        return event(watched, type, new String(recorded, from, to - from, StandardCharsets.UTF_8));
    }

    /** An event as an API server writes it. */
    static Event event(WatchedKind kind, String type, String object) {
        byte[] head = ("{\"type\":\"" + type + "\",\"object\":").getBytes(StandardCharsets.UTF_8);
        byte[] body = object.getBytes(StandardCharsets.UTF_8);
        byte[] line = new byte[head.length + body.length + 2];
        System.arraycopy(head, 0, line, 0, head.length);
        System.arraycopy(body, 0, line, head.length, body.length);
        line[line.length - 2] = '}';
        line[line.length - 1] = '\n';
        return new Event(kind, type, line, head.length, body.length);
    }
}
