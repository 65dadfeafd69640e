package io.tenantpulse.standalone;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * Writes a file that is there whole or not at all: under another name in its folder first, which then becomes its own. A
 * process that is told to end leaves nothing half done: what has begun is finished first, and nothing begins any more.
 */
final class WholeFile {
    private final Path file;
    private final boolean replace;
    private boolean ended;

    /** @param replace whether what has that name already goes */
    WholeFile(Path file, boolean replace) {
        this.file = file;
        this.replace = replace;
    }

    /** @throws CommandFailure if it would be refused anyway, whatever is to be written */
    void check() {
        if (Files.exists(file) && !Files.isRegularFile(file)) {
            throw new CommandFailure(ExitCode.USAGE, file + " is no file: give the name of one");
        }
        if (!replace && Files.exists(file)) {
            throw exists();
        }
        if (!Files.isDirectory(folder())) {
            throw new CommandFailure(ExitCode.USAGE, file + " cannot be written: there is no folder " + folder());
        }
    }

    /**
     * Writes it.
     *
     * @return whether it was written; false: the process is about to end, and nothing was
     * @throws CommandFailure if it cannot be written; then nothing is left of it, and what was there before stays
     */
    boolean write(byte[] content) {
        try {
            // It stays: a process writes few files, and one that ends could not take it back.
            Runtime.getRuntime().addShutdownHook(new Thread(this::end, "whole-file"));
            return writeUnlessEnded(content);
        } catch (IllegalStateException e) {
            return false;
        } catch (FileAlreadyExistsException e) {
            throw exists();
        } catch (IOException e) {
            throw new CommandFailure(
                    ExitCode.USAGE,
                    file + " cannot be written: " + e + " (give a file in a folder that you may write)",
                    e);
        }
    }

    private synchronized boolean writeUnlessEnded(byte[] content) throws IOException {
        if (ended) {
            return false;
        }
        Path part = folder().resolve(
                        "." + file.getFileName() + "." + ProcessHandle.current().pid() + ".part");
        try {
            Files.write(part, content, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
            if (replace) {
                Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
            } else {
                Files.move(part, file);
            }
        } finally {
            Files.deleteIfExists(part);
        }
        return true;
    }

    /** Waits for what has begun. */
    synchronized void end() {
        ended = true;
    }

    private Path folder() {
        Path folder = file.toAbsolutePath().getParent();
        return folder == null ? file.toAbsolutePath() : folder;
    }

    private CommandFailure exists() {
        return new CommandFailure(
                ExitCode.USAGE, file + " exists already (give another name, or --force to replace it)");
    }
}
