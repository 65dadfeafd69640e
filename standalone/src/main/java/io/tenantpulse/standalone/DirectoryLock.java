package io.tenantpulse.standalone;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Keeps a second process away from data that only one may write; the operating system frees it when the process dies. */
final class DirectoryLock implements AutoCloseable {
    private final FileChannel channel;

    private DirectoryLock(FileChannel channel) {
        this.channel = channel;
    }

    /**
     * Makes the directory if it does not exist and locks it.
     *
     * @param what is kept there, for the message
     * @throws EmbeddedStartException if another holds it, or the directory cannot be written
     */
    static DirectoryLock take(Path dir, String what) {
        Path file = dir.resolve("lock");
        try {
            Files.createDirectories(dir);
            FileChannel channel = FileChannel.open(
                    file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
            if (isOurs(channel)) {
                byte[] pid = Long.toString(ProcessHandle.current().pid()).getBytes(StandardCharsets.US_ASCII);
                channel.truncate(0).write(ByteBuffer.wrap(pid), 0);
                return new DirectoryLock(channel);
            }
            channel.close();
            String holder = Files.readString(file, StandardCharsets.US_ASCII);
            throw new EmbeddedStartException("the data of " + what + " in " + dir + " is in use by process " + holder
                    + ": stop it, or choose another directory with --data");
        } catch (IOException e) {
            throw new EmbeddedStartException(
                    "directory " + dir + " of " + what + " cannot be written ("
                            + e.getClass().getSimpleName() + ": " + e.getMessage()
                            + "): make it writable, or choose another one with --data",
                    e);
        }
    }

    private static boolean isOurs(FileChannel channel) throws IOException {
        try {
            FileLock lock = channel.tryLock();
            return lock != null;
        } catch (OverlappingFileLockException e) {
            return false;
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
