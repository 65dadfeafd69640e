package io.tenantpulse.standalone.replay;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/**
 * One recording, read as a stream: plain or gzip, told apart by the first two bytes.
 *
 * <p>A file that begins with a mark is taken in file order. In any other, lines that are late by up to the lateness are
 * put in order by {@code ts} (lines of one instant stay in file order), and a later one is a bad line.
 */
final class RecordingFile implements Closeable {
    /** Name of standard input among the files. */
    static final String STDIN = "-";

    private static final int BUFFER_BYTES = 1 << 16;
    private static final int GZIP_MAGIC_1 = 0x1f;
    private static final int GZIP_MAGIC_2 = 0x8b;

    private final String name;
    private final InputStream in;
    private final LineReader lines;
    private final Envelope envelope = new Envelope();
    private final Duration lateness;
    private final BadLines badLines;
    private final PriorityQueue<RecordedLine> waiting =
            new PriorityQueue<>(Comparator.comparing(RecordedLine::ts).thenComparingLong(RecordedLine::number));
    private @Nullable Instant newest;
    private @Nullable Instant ripe;
    private boolean first = true;
    private boolean marked;
    private @Nullable RecordingPart part;
    private boolean ended;

    private RecordingFile(String name, InputStream in, Duration lateness, BadLines badLines) {
        this.name = name;
        this.in = in;
        this.lines = new LineReader(in, LineReader.MAX_LINE_BYTES);
        this.lateness = lateness;
        this.badLines = badLines;
    }

    static RecordingFile open(String file, InputStream stdin, Duration lateness, BadLines badLines) {
        try {
            if (file.equals(STDIN)) {
                return new RecordingFile("standard input", inflated(stdin), lateness, badLines);
            }
            Path path = Path.of(file);
            if (Files.isDirectory(path)) {
                throw new BadRecordingException(file + ": is a directory, give the recordings in it");
            }
            return new RecordingFile(file, inflated(Files.newInputStream(path)), lateness, badLines);
        } catch (NoSuchFileException e) {
            throw new BadRecordingException(file + ": no such file");
        } catch (AccessDeniedException e) {
            throw new BadRecordingException(file + ": may not be read (permission denied)");
        } catch (IOException | java.nio.file.InvalidPathException e) {
            throw new BadRecordingException(file + ": cannot be opened: " + e.getMessage());
        }
    }

    private static InputStream inflated(InputStream raw) throws IOException {
        BufferedInputStream buffered = new BufferedInputStream(raw, BUFFER_BYTES);
        buffered.mark(2);
        boolean gzip = buffered.read() == GZIP_MAGIC_1 && buffered.read() == GZIP_MAGIC_2;
        buffered.reset();
        return gzip ? new GZIPInputStream(buffered, BUFFER_BYTES) : buffered;
    }

    /** The next line in order; null at the end. */
    @Nullable
    RecordedLine next() {
        while (!isRipe() && !ended) {
            RecordedLine line = read();
            if (line == null) {
                ended = true;
            } else if (marked) {
                return line;
            } else {
                await(line);
            }
        }
        return waiting.poll();
    }

    private boolean isRipe() {
        RecordedLine head = waiting.peek();
        return head != null && ripe != null && head.ts().isBefore(ripe);
    }

    private void await(RecordedLine line) {
        if (ripe != null && line.ts().isBefore(ripe)) {
            badLines.found(
                    name,
                    lines.number(),
                    "later than the lateness of " + lateness.toSeconds() + " s allows: its ts is " + line.ts()
                            + ", the newest before it " + newest);
            return;
        }
        if (newest == null || line.ts().isAfter(newest)) {
            newest = line.ts();
            ripe = newest.minus(lateness);
        }
        waiting.add(line);
    }

    private @Nullable RecordedLine read() {
        while (advance()) {
            if (lines.isBlank()) {
                continue;
            }
            try {
                if (lines.isTooLong()) {
                    throw new BadLine("longer than " + (LineReader.MAX_LINE_BYTES >> 20) + " MiB");
                }
                RecordedLine line = envelope.read(lines.line(), lines.number());
                if (first) {
                    marked = line.isMark();
                    part = Marks.part(line);
                    first = false;
                }
                return line;
            } catch (BadLine e) {
                if (marked && !lines.isWhole()) {
                    badLines.torn(name, lines.number());
                } else {
                    badLines.found(name, lines.number(), String.valueOf(e.getMessage()));
                }
            }
        }
        return null;
    }

    private boolean advance() {
        try {
            return lines.next();
        } catch (EOFException e) {
            if (marked) {
                badLines.torn(name, lines.number() + 1);
            } else {
                broken("the gzip data end in the middle; the file is cut off");
            }
        } catch (ZipException e) {
            broken("the gzip data are damaged");
        } catch (IOException e) {
            throw new BadRecordingException(name + ": cannot be read: " + e.getMessage());
        }
        return false;
    }

    /** What was read before the damage is whole lines, so with --skip-bad-lines it counts as one bad line and the end. */
    private void broken(String what) {
        badLines.found(name, lines.number() + 1, what);
    }

    /** Whether the file holds marks; known once the first line was read. */
    boolean isMarked() {
        return marked;
    }

    /** Which part of a recording the file is, if it says so; known once the first line was read. */
    @Nullable
    RecordingPart part() {
        return part;
    }

    String name() {
        return name;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
