package io.tenantpulse.standalone;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The embedded registry's memory: a file of JSON lines that only grows. A change is on the disk before it is answered; a
 * line that a crash cut off was never answered and is cut away.
 */
final class RegistryFile implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RegistryFile.class);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path file;
    private final FileChannel channel;
    private final List<RegistryEntry> entries;
    private long length;

    /** @throws EmbeddedStartException if it cannot be read or written, or is damaged before its last line */
    RegistryFile(Path file) {
        this.file = file;
        try {
            byte[] content = Files.exists(file) ? Files.readAllBytes(file) : new byte[0];
            this.length = lastLineEnd(content);
            this.entries = parse(file, new String(content, 0, (int) length, StandardCharsets.UTF_8));
            this.channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            channel.truncate(length);
            channel.force(true);
            syncDirectory(file.toAbsolutePath().getParent());
        } catch (IOException e) {
            throw new EmbeddedStartException(
                    "the registry's file " + file + " cannot be used ("
                            + e.getClass().getSimpleName() + ": " + e.getMessage()
                            + "): make it readable and writable, or choose another --data",
                    e);
        }
    }

    /** What was in the file when it was opened, oldest first. */
    List<RegistryEntry> entries() {
        return entries;
    }

    /**
     * Adds all or none, and returns when they are on the disk.
     *
     * @throws RegistryProblem if the disk refuses them
     */
    void append(List<RegistryEntry> added) {
        try {
            ByteArrayOutputStream lines = new ByteArrayOutputStream();
            for (RegistryEntry entry : added) {
                lines.write(JSON.writeValueAsBytes(entry));
                lines.write('\n');
            }
            ByteBuffer bytes = ByteBuffer.wrap(lines.toByteArray());
            long position = length;
            while (bytes.hasRemaining()) {
                position += channel.write(bytes, position);
            }
            channel.force(true);
            length = position;
        } catch (IOException e) {
            cutBack();
            throw RegistryProblem.cannotStore(file + ": " + e.getMessage());
        }
    }

    /** Takes half a line away again; if even that fails, the next append writes over it. */
    private void cutBack() {
        try {
            channel.truncate(length);
        } catch (IOException e) {
            LOG.atWarn().addKeyValue("file", file).setCause(e).log("registry file cannot be cut back");
        }
    }

    private static long lastLineEnd(byte[] content) {
        int end = content.length;
        while (end > 0 && content[end - 1] != '\n') {
            end--;
        }
        return end;
    }

    private static List<RegistryEntry> parse(Path file, String content) {
        List<RegistryEntry> entries = new ArrayList<>();
        int number = 0;
        for (String line : content.lines().toList()) {
            number++;
            try {
                entries.add(JSON.readValue(line, RegistryEntry.class));
            } catch (JsonProcessingException e) {
                throw new EmbeddedStartException(
                        "the registry's file " + file + " is damaged in line " + number + " (" + e.getOriginalMessage()
                                + "): restore it from a copy, or choose another --data and lose the log",
                        e);
            }
        }
        return entries;
    }

    /** Without it a new file's name can be missing after a power failure, though its content was written. */
    private static void syncDirectory(Path dir) throws IOException {
        try (FileChannel directory = FileChannel.open(dir, StandardOpenOption.READ)) {
            directory.force(true);
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
