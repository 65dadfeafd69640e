package io.tenantpulse.standalone;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import org.jspecify.annotations.Nullable;

/**
 * The folder in which {@code up} keeps its state: only its owner may enter it, and one process at a time holds it.
 *
 * <p>The lock is the operating system's, so it cannot outlive its process; the pid in the file only tells who it is.
 */
final class DataFolder implements Closeable {
    private static final int PID_BYTES = 32;

    private final Path path;
    private final FileChannel channel;
    private final @Nullable String leftBy;

    private DataFolder(Path path, FileChannel channel, @Nullable String leftBy) {
        this.path = path;
        this.channel = channel;
        this.leftBy = leftBy;
    }

    /** Takes the folder, making it if it is not there. */
    static DataFolder open(Path path) {
        try {
            create(path);
            return lock(path);
        } catch (IOException e) {
            throw new CommandFailure(
                    ExitCode.INTERNAL,
                    "the data folder " + path + " cannot be used: " + e
                            + " (free space or permissions, or give --data)",
                    e);
        }
    }

    private static void create(Path path) throws IOException {
        boolean isNew = !Files.exists(path);
        Files.createDirectories(path);
        if (isNew && Files.getFileStore(path).supportsFileAttributeView("posix")) {
            Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwx------"));
        }
    }

    private static DataFolder lock(Path path) throws IOException {
        FileChannel channel = FileChannel.open(
                path.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        String holder = read(channel);
        if (tryLock(channel) == null) {
            channel.close();
            throw new CommandFailure(
                    ExitCode.USAGE,
                    "the data folder " + path + " is in use by process " + holder
                            + " (stop that one, or give another folder with --data)");
        }
        channel.truncate(0);
        channel.write(
                StandardCharsets.UTF_8.encode(
                        Long.toString(ProcessHandle.current().pid())),
                0);
        return new DataFolder(path, channel, holder.isEmpty() ? null : holder);
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return null;
        }
    }

    private static String read(FileChannel channel) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(PID_BYTES);
        channel.read(bytes, 0);
        return StandardCharsets.UTF_8.decode(bytes.flip()).toString().replaceAll("[^0-9]", "");
    }

    Path path() {
        return path;
    }

    /** Pid of a process that held the folder and did not give it back; null: none. */
    @Nullable
    String leftBy() {
        return leftBy;
    }

    @Override
    public void close() throws IOException {
        try (channel) {
            channel.truncate(0);
        }
    }
}
