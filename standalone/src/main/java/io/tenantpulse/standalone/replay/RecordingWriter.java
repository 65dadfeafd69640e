package io.tenantpulse.standalone.replay;

import io.tenantpulse.exporter.Tap;
import io.tenantpulse.v1.ClusterMark;
import io.tenantpulse.v1.MarkType;
import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes what an exporter sees into a recording: whole lines only, flushed at every mark, gzip where the name ends in
 * {@code .gz}. Thread-safe.
 *
 * <p>A recording that cannot be written any longer (disk full) ends with an error in the log and in {@link #failed};
 * the exporter goes on. Every part of a rotated recording begins with the epochs in force and says which part of which recording
 * it is, so that all parts replay as if they were one file, and each by itself as what was seen while it was written.
 */
public final class RecordingWriter implements Tap, Closeable {
    private static final Logger LOG = LoggerFactory.getLogger(RecordingWriter.class);
    private static final int BUFFER_BYTES = 1 << 16;

    /** What is known of a cluster: its claim, and the stamp of its last line. */
    private static final class OfCluster {
        private final ClusterMark epoch;
        private Instant last;

        OfCluster(ClusterMark epoch, Instant last) {
            this.epoch = epoch;
            this.last = last;
        }
    }

    private final @Nullable Path file;
    private final long rotateBytes;
    private final String recording = UUID.randomUUID().toString();
    private final RecordingLines lines = new RecordingLines();
    private final Map<String, OfCluster> clusters = new TreeMap<>();
    private final CompletableFuture<IOException> failed = new CompletableFuture<>();
    private OutputStream out;
    private long written;
    private long count;
    private int part = 1;
    private boolean closed;

    private RecordingWriter(@Nullable Path file, long rotateBytes, OutputStream out) {
        this.file = file;
        this.rotateBytes = rotateBytes;
        this.out = out;
    }

    /**
     * Begins a recording; only its owner may read it.
     *
     * @param rotateBytes a further part begins before one would grow above this size, before compression; 0: never
     * @throws FileAlreadyExistsException if there is such a file, or one of the name of a second part: nothing is ever overwritten
     */
    public static RecordingWriter create(Path file, long rotateBytes) throws IOException {
        Path second = partFile(file, 2);
        if (rotateBytes > 0 && Files.exists(second)) {
            throw new FileAlreadyExistsException(second.toString());
        }
        return new RecordingWriter(file, rotateBytes, open(file));
    }

    /** A recording into a stream, in one part. */
    public static RecordingWriter to(OutputStream out) {
        return new RecordingWriter(null, 0, new BufferedOutputStream(out, BUFFER_BYTES));
    }

    private static OutputStream open(Path file) throws IOException {
        FileAttribute<?>[] ownerOnly =
                Files.getFileStore(file.toAbsolutePath().getParent()).supportsFileAttributeView("posix")
                        ? new FileAttribute<?>[] {
                            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                        }
                        : new FileAttribute<?>[0];
        OutputStream raw = Channels.newOutputStream(
                FileChannel.open(file, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), ownerOnly));
        return file.toString().endsWith(".gz")
                ? new BufferedOutputStream(new GZIPOutputStream(raw, BUFFER_BYTES, true), BUFFER_BYTES)
                : new BufferedOutputStream(raw, BUFFER_BYTES);
    }

    @Override
    public synchronized void object(Instant ts, String cluster, String type, byte[] whitelistedJson) {
        write(lines.object(ts, cluster, type, whitelistedJson), false);
        OfCluster of = clusters.get(cluster);
        if (of != null) {
            of.last = ts;
        }
    }

    @Override
    public synchronized void mark(Instant ts, ClusterMark mark) {
        if (mark.getType() == MarkType.EPOCH) {
            write(lines.epoch(ts, mark, new RecordingPart(recording, part)), true);
            clusters.put(mark.getCluster(), new OfCluster(mark, ts));
            return;
        }
        write(lines.mark(ts, mark), true);
        OfCluster of = clusters.get(mark.getCluster());
        if (of != null) {
            of.last = ts;
        }
    }

    private void write(byte[] line, boolean flush) {
        if (failed.isDone() || closed) {
            return;
        }
        try {
            if (rotateBytes > 0 && written > 0 && written + line.length > rotateBytes) {
                rotate();
            }
            put(line);
            if (flush) {
                out.flush();
            }
        } catch (IOException e) {
            LOG.atError()
                    .addKeyValue("file", file == null ? "standard output" : partFile(file, part))
                    .addKeyValue("lines", count)
                    .log("the recording ends here, it cannot be written any longer: {}", e.getMessage());
            failed.complete(e);
        }
    }

    private void put(byte[] line) throws IOException {
        out.write(line);
        written += line.length;
        count++;
    }

    private void rotate() throws IOException {
        out.close();
        part++;
        out = open(partFile(java.util.Objects.requireNonNull(file, "file"), part));
        written = 0;
        for (OfCluster each : clusters.values()) {
            put(lines.epoch(each.last, each.epoch, new RecordingPart(recording, part)));
        }
    }

    /** {@code rec.ndjson.gz} goes on in {@code rec.part002.ndjson.gz}. */
    private static Path partFile(Path file, int part) {
        if (part == 1) {
            return file;
        }
        String name = String.valueOf(file.getFileName());
        int dot = name.indexOf('.', 1);
        String middle = ".part%03d".formatted(part);
        return file.resolveSibling(dot < 0 ? name + middle : name.substring(0, dot) + middle + name.substring(dot));
    }

    /** Lines so far, what begins a further part included. */
    public synchronized long count() {
        return count;
    }

    /** Completes when the recording ends early, with what keeps it from being written; on the thread of an exporter or of {@link #close}. */
    public CompletableFuture<IOException> failed() {
        return failed;
    }

    /** Ends the recording. One without a line leaves no file behind. */
    @Override
    public synchronized void close() throws IOException {
        if (closed) {
            return;
        }
        closed = true;
        try {
            out.close();
        } catch (IOException e) {
            if (failed.complete(e)) {
                throw e; // otherwise it has been told
            }
        } finally {
            if (file != null && count == 0) {
                Files.deleteIfExists(file);
            }
        }
    }
}
