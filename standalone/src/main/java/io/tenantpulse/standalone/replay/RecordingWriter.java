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
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes what an exporter sees into a recording: whole lines only, flushed at every mark, gzip where the name ends in
 * {@code .gz}. Thread-safe.
 *
 * <p>A recording that cannot be written any longer (disk full) ends with an error in the log and in {@link #failure};
 * the exporter goes on. Every part of a rotated recording begins with the epochs in force, so that it can be replayed.
 */
public final class RecordingWriter implements Tap, Closeable {
    private static final Logger LOG = LoggerFactory.getLogger(RecordingWriter.class);
    private static final int BUFFER_BYTES = 1 << 16;

    private final Path file;
    private final long maxBytes;
    private final RecordingLines lines = new RecordingLines();
    private final Map<String, ClusterMark> epochs = new TreeMap<>();
    private OutputStream out;
    private long written;
    private long count;
    private int part = 1;
    private @Nullable IOException failure;
    private boolean closed;

    private RecordingWriter(Path file, long maxBytes, OutputStream out) {
        this.file = file;
        this.maxBytes = maxBytes;
        this.out = out;
    }

    /**
     * Begins a recording; only its owner may read it.
     *
     * @param maxBytes a further part begins when one has grown to this size before compression; 0: never
     * @throws java.nio.file.FileAlreadyExistsException if there is such a file: nothing is ever overwritten
     */
    public static RecordingWriter create(Path file, long maxBytes) throws IOException {
        return new RecordingWriter(file, maxBytes, open(file));
    }

    /** A recording into a stream, in one part. */
    public static RecordingWriter to(OutputStream out) {
        return new RecordingWriter(Path.of("-"), 0, new BufferedOutputStream(out, BUFFER_BYTES));
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
        write(ts, lines.object(ts, cluster, type, whitelistedJson), false);
    }

    @Override
    public synchronized void mark(Instant ts, ClusterMark mark) {
        write(ts, lines.mark(ts, mark), true);
        if (mark.getType() == MarkType.EPOCH) {
            epochs.put(mark.getCluster(), mark);
        }
    }

    private void write(Instant ts, byte[] line, boolean flush) {
        if (failure != null || closed) {
            return;
        }
        try {
            if (maxBytes > 0 && written > 0 && written + line.length > maxBytes) {
                rotate(ts);
            }
            put(line);
            if (flush) {
                out.flush();
            }
        } catch (IOException e) {
            failure = e;
            LOG.atError()
                    .addKeyValue("file", file)
                    .addKeyValue("lines", count)
                    .log("the recording ends here, it cannot be written any longer: {}", e.getMessage());
        }
    }

    private void put(byte[] line) throws IOException {
        out.write(line);
        written += line.length;
        count++;
    }

    private void rotate(Instant ts) throws IOException {
        out.close();
        part++;
        out = open(partFile());
        written = 0;
        for (ClusterMark epoch : epochs.values()) {
            put(lines.mark(ts, epoch));
        }
    }

    /** {@code rec.ndjson.gz} goes on in {@code rec.part002.ndjson.gz}, which sorts after it. */
    private Path partFile() {
        String name = String.valueOf(file.getFileName());
        int dot = name.indexOf('.');
        String middle = ".part%03d".formatted(part);
        return file.resolveSibling(dot < 0 ? name + middle : name.substring(0, dot) + middle + name.substring(dot));
    }

    /** Lines so far. */
    public synchronized long count() {
        return count;
    }

    /** Why the recording ended early; null: it did not. */
    public synchronized @Nullable IOException failure() {
        return failure;
    }

    @Override
    public synchronized void close() throws IOException {
        if (!closed) {
            closed = true;
            out.close();
        }
    }
}
