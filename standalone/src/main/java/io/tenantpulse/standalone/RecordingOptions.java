package io.tenantpulse.standalone;

import io.tenantpulse.standalone.replay.RecordingWriter;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options that tap an exporter. */
final class RecordingOptions {
    @Option(
            names = "--record",
            paramLabel = "FILE",
            description =
                    "Also write what is seen, with the log's stamps and marks, for replay; gzip if it ends in .gz.")
    private @Nullable Path file;

    @Option(
            names = "--record-max-bytes",
            paramLabel = "N",
            defaultValue = "0",
            description = "Begin a further part when one has grown to this size (before compression). Default: never.")
    private long maxBytes;

    /** The recording that was asked for; null: none. */
    @Nullable
    RecordingWriter open() {
        return file == null ? null : open(file, maxBytes);
    }

    static RecordingWriter open(Path file, long maxBytes) {
        try {
            return RecordingWriter.create(file, maxBytes);
        } catch (FileAlreadyExistsException e) {
            throw new CommandFailure(
                    ExitCode.USAGE, "the recording " + file + " exists already (give another name, or remove it)");
        } catch (IOException e) {
            throw new CommandFailure(
                    ExitCode.USAGE,
                    "the recording " + file + " cannot be written: " + e
                            + " (give a file in a folder that you may write)",
                    e);
        }
    }
}
