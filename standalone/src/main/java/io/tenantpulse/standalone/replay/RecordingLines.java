package io.tenantpulse.standalone.replay;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.tenantpulse.v1.ClusterMark;
import io.tenantpulse.v1.KindCoverage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Makes the lines of a recording; a mark has the fields of {@code ClusterMark} that its type needs. */
final class RecordingLines {
    private interface Fields {
        void write(JsonGenerator line) throws IOException;
    }

    private final JsonFactory json = new JsonFactory();

    byte[] object(Instant ts, String cluster, String type, byte[] object) {
        return line(ts, cluster, type, line -> {
            line.writeFieldName("object");
            line.writeRawValue(new String(object, StandardCharsets.UTF_8));
        });
    }

    byte[] mark(Instant ts, ClusterMark mark) {
        return line(ts, mark.getCluster(), mark.getType().name(), line -> writeMark(line, mark));
    }

    /** An EPOCH mark that also says which part of which recording its file is. */
    byte[] epoch(Instant ts, ClusterMark mark, RecordingPart part) {
        return line(ts, mark.getCluster(), mark.getType().name(), line -> {
            writeMark(line, mark);
            line.writeStringField("recording", part.recording());
            line.writeNumberField("part", part.number());
        });
    }

    private byte[] line(Instant ts, String cluster, String type, Fields fields) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator line = json.createGenerator(bytes)) {
            line.writeStartObject();
            line.writeStringField("ts", ts.toString());
            line.writeStringField("cluster", cluster);
            line.writeStringField("type", type);
            fields.write(line);
            line.writeEndObject();
            line.writeRaw('\n');
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static void writeMark(JsonGenerator line, ClusterMark mark) throws IOException {
        switch (mark.getType()) {
            case EPOCH -> {
                line.writeNumberField("epoch", mark.getEpoch());
                if (mark.getInstance() != null) {
                    line.writeStringField("instance", mark.getInstance());
                }
            }
            case SYNC_BEGIN -> {
                line.writeStringField("kind", mark.getKind());
                line.writeBooleanField("fromMemory", mark.getFromMemory());
                line.writeNumberField("skewMillis", mark.getSkewMillis());
            }
            case SYNC_END -> writeSyncEnd(line, mark);
            case GAP -> writeGap(line, mark);
            case WATERMARK -> writeWatermark(line, mark);
            case CLUSTER_GONE, UNKNOWN -> {}
        }
    }

    /** Without a frame it only says that the kind has been seen. */
    private static void writeSyncEnd(JsonGenerator line, ClusterMark mark) throws IOException {
        line.writeStringField("kind", mark.getKind());
        if (mark.getFrame() != null) {
            line.writeObjectFieldStart("frame");
            line.writeNumberField("epoch", mark.getFrame().getEpoch());
            line.writeNumberField("sequence", mark.getFrame().getSequence());
            line.writeEndObject();
        }
    }

    private static void writeGap(JsonGenerator line, ClusterMark mark) throws IOException {
        line.writeArrayFieldStart("kinds");
        for (String kind : mark.getKinds()) {
            line.writeString(kind);
        }
        line.writeEndArray();
        writeTime(line, "from", mark.getFrom());
        writeTime(line, "to", mark.getTo());
        line.writeBooleanField("resumed", mark.getResumed());
    }

    private static void writeWatermark(JsonGenerator line, ClusterMark mark) throws IOException {
        writeTime(line, "watermark", mark.getWatermark());
        line.writeBooleanField("probed", mark.getProbed());
        line.writeArrayFieldStart("coverage");
        for (KindCoverage one : mark.getCoverage()) {
            line.writeStartObject();
            line.writeStringField("kind", one.getKind());
            line.writeStringField("state", one.getState().name());
            line.writeEndObject();
        }
        line.writeEndArray();
    }

    private static void writeTime(JsonGenerator line, String field, @Nullable Instant time) throws IOException {
        if (time != null) {
            line.writeStringField(field, time.toString());
        }
    }
}
