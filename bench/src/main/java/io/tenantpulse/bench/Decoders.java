package io.tenantpulse.bench;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import io.fabric8.kubernetes.api.model.WatchEvent;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.tenantpulse.exporter.ClusterLog;
import io.tenantpulse.exporter.kube.WatchBytes;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/** The ways to read watch events that are compared. Each call reads a whole recording as if its cluster were new. */
final class Decoders {
    /** What Java's HTTP/2 client hands on at a time. */
    private static final int PIECE_BYTES = 16 * 1024;

    private final KubernetesSerialization fabric8 = new KubernetesSerialization();
    private final JsonFactory jackson = new JsonFactory();
    private final EncodedLog encoded = new EncodedLog();
    private long seen;

    /** Reads all; throws only for what is no recording. */
    interface Decoder {
        void read(WatchEvents all) throws IOException, InterruptedException;
    }

    /** What fabric8's watches do (WatchHTTPManager): bytes become text, and each line a WatchEvent with a typed or generic object. */
    void fabric8(WatchEvents all) {
        for (WatchEvents.Event each : all.events()) {
            String text =
                    StandardCharsets.UTF_8.decode(ByteBuffer.wrap(each.line())).toString();
            WatchEvent event = fabric8.unmarshal(text, WatchEvent.class);
            seen += event.getObject() == null ? 0 : 1;
        }
    }

    /** The same without the way through text, which its watches do not offer. */
    void fabric8FromBytes(WatchEvents all) {
        for (WatchEvents.Event each : all.events()) {
            WatchEvent event = fabric8.unmarshal(new ByteArrayInputStream(each.line()), WatchEvent.class);
            seen += event.getObject() == null ? 0 : 1;
        }
    }

    /** Jackson looks at each token and makes nothing of it. */
    void tokens(WatchEvents all) throws IOException {
        for (WatchEvents.Event each : all.events()) {
            try (JsonParser in = jackson.createParser(each.line())) {
                while (in.nextToken() != null) {
                    seen++;
                }
            }
        }
    }

    /** Ours, to "unchanged" or to the bytes of an Avro record. */
    void exporter(WatchEvents all) throws InterruptedException {
        ClusterLog log = newLog(all.name(), encoded);
        WatchBytes watch = new WatchBytes(log);
        for (WatchEvents.Event each : all.events()) {
            feed(watch, each);
        }
    }

    static ClusterLog newLog(String cluster, EncodedLog into) {
        ClusterLog log = new ClusterLog(cluster, into, () -> Instant.EPOCH, null);
        log.claimEpoch(1, "bench");
        return log;
    }

    static void feed(WatchBytes watch, WatchEvents.Event event) throws InterruptedException {
        byte[] line = event.line();
        for (int at = 0; at < line.length; at += PIECE_BYTES) {
            watch.feed(event.kind(), ByteBuffer.wrap(line, at, Math.min(PIECE_BYTES, line.length - at)));
        }
    }

    /** Records that {@link #exporter} has encoded so far. */
    long records() {
        return encoded.records();
    }

    /** Keeps the work from being optimised away. */
    long seen() {
        return seen;
    }
}
