package io.tenantpulse.standalone.replay;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the envelope of a line and finds where its object stands, without making a tree or an object of it. */
final class Envelope {
    private static final Set<String> OBJECT_TYPES = Set.of("ADDED", "MODIFIED", "DELETED", "BOOKMARK");
    private static final Pattern CLUSTER =
            Pattern.compile("[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*");
    private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59Z");
    private static final int MAX_CLUSTER = 253;
    private static final int MAX_NAMES = 10_000;

    private final JsonFactory json = new JsonFactoryBuilder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(1000)
                    .maxStringLength(LineReader.MAX_LINE_BYTES)
                    .build())
            .build();

    private final EnvelopeScan scan = new EnvelopeScan();

    /** The same few names come on every line: one object for each. */
    private final Map<String, String> clusters = new HashMap<>();

    private @Nullable String ts;
    private @Nullable String cluster;
    private @Nullable String type;
    private RecordedLine.@Nullable ObjectRange object;

    RecordedLine read(byte[] line, long number) throws BadLine {
        if (scan.read(line)) {
            ts = scan.ts;
            cluster = scan.cluster;
            type = scan.type;
            object = scan.object;
            return checked(line, number);
        }
        parse(line);
        return checked(line, number);
    }

    private void parse(byte[] line) throws BadLine {
        ts = null;
        cluster = null;
        type = null;
        object = null;
        try (JsonParser parser = json.createParser(line)) {
            readFields(parser);
        } catch (JsonProcessingException e) {
            // Jackson's own message can quote the line, and a line can hold a customer's data
            throw new BadLine(
                    "not valid JSON, column " + (Math.max(0, e.getLocation().getColumnNr())));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void readFields(JsonParser parser) throws IOException, BadLine {
        if (parser.nextToken() != JsonToken.START_OBJECT) {
            throw new BadLine("not a JSON object, expected {\"ts\",\"cluster\",\"type\",\"object\"}");
        }
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            parser.nextToken();
            switch (name) {
                case "ts" -> ts = text(parser, name);
                case "cluster" -> cluster = text(parser, name);
                case "type" -> type = text(parser, name);
                case "object" -> object = range(parser);
                default -> parser.skipChildren();
            }
        }
        if (parser.nextToken() != null) {
            throw new BadLine("more than one JSON value on the line");
        }
    }

    private static String text(JsonParser parser, String field) throws IOException, BadLine {
        if (parser.currentToken() != JsonToken.VALUE_STRING) {
            throw new BadLine("\"" + field + "\" is not a string");
        }
        return parser.getText();
    }

    private RecordedLine.ObjectRange range(JsonParser parser) throws IOException, BadLine {
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            throw new BadLine("\"object\" is not a JSON object");
        }
        int from = (int) parser.currentTokenLocation().getByteOffset();
        String apiVersion = "";
        String kind = "";
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            JsonToken value = parser.nextToken();
            if (value == JsonToken.VALUE_STRING && name.equals("apiVersion")) {
                apiVersion = parser.getText();
            } else if (value == JsonToken.VALUE_STRING && name.equals("kind")) {
                kind = parser.getText();
            } else {
                parser.skipChildren();
            }
        }
        int to = (int) parser.currentLocation().getByteOffset();
        return new RecordedLine.ObjectRange(from, to - from, apiVersion, kind, -1, -1);
    }

    private RecordedLine checked(byte[] line, long number) throws BadLine {
        String itsType = required(type, "type");
        Instant at = instant(required(ts, "ts"), "ts");
        String itsCluster = clusterName(required(cluster, "cluster"));
        if (Marks.isMark(itsType)) {
            return new RecordedLine(at, itsCluster, itsType, line, null, number);
        }
        if (!OBJECT_TYPES.contains(itsType)) {
            throw new BadLine("unknown \"type\", expected ADDED, MODIFIED, DELETED, BOOKMARK or a mark");
        }
        RecordedLine.ObjectRange range = object;
        if (range == null) {
            throw new BadLine("\"object\" is missing");
        }
        if (range.apiVersion().isEmpty() || range.kind().isEmpty()) {
            throw new BadLine("the object has no \"apiVersion\" or no \"kind\"");
        }
        return new RecordedLine(at, itsCluster, itsType, line, range, number);
    }

    private static String required(@Nullable String value, String field) throws BadLine {
        if (value == null || value.isEmpty()) {
            throw new BadLine("\"" + field + "\" is missing");
        }
        return value;
    }

    /** An instant to the millisecond, as the log keeps it. */
    static Instant instant(String text, String field) throws BadLine {
        long plain = PlainTime.millis(text);
        if (plain != PlainTime.NONE) {
            return Instant.ofEpochMilli(plain);
        }
        try {
            Instant exact = text.endsWith("Z")
                    ? Instant.parse(text)
                    : OffsetDateTime.parse(text).toInstant();
            if (exact.isBefore(Instant.EPOCH) || exact.isAfter(LATEST)) {
                throw new BadLine("\"" + field + "\" is not between the years 1970 and 9999");
            }
            return exact.truncatedTo(ChronoUnit.MILLIS);
        } catch (DateTimeException e) {
            throw new BadLine("\"" + field + "\" is not an RFC 3339 time such as 2026-01-31T18:47:12.345Z");
        }
    }

    private String clusterName(String name) throws BadLine {
        String known = clusters.get(name);
        if (known != null) {
            return known;
        }
        if (name.length() > MAX_CLUSTER || !CLUSTER.matcher(name).matches()) {
            throw new BadLine("\"cluster\" is not an RFC 1123 subdomain (lower case letters, digits, '-' and '.')");
        }
        if (clusters.size() >= MAX_NAMES) {
            throw new BadLine("more than " + MAX_NAMES + " clusters in one recording");
        }
        clusters.put(name, name);
        return name;
    }
}
