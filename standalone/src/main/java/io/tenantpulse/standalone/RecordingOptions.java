package io.tenantpulse.standalone;

import io.tenantpulse.standalone.replay.RecordingWriter;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options that tap an exporter. */
final class RecordingOptions {
    static final String ROTATE_FLAG = "--rotate-size";

    static final String ROTATE_DESCRIPTION =
            "Begin a further part (FILE.part002 and so on, before its endings) before one grows above this size, such as 64MiB,"
                    + " before compression. replay takes all parts as one recording. Default: never.";

    @Option(
            names = "--record",
            paramLabel = "FILE",
            description =
                    "Also write what is seen, with the log's stamps and marks, for replay; gzip if it ends in .gz. Nothing is"
                            + " overwritten. When it cannot be written any longer, that is an error in the log and the rest"
                            + " goes on.")
    private @Nullable Path file;

    @Option(names = ROTATE_FLAG, paramLabel = "SIZE", converter = SizeConverter.class, description = ROTATE_DESCRIPTION)
    private @Nullable Long rotateBytes;

    /**
     * The recording that was asked for; null: none.
     *
     * @throws CommandFailure if it cannot be written
     */
    @Nullable
    RecordingWriter open() {
        if (file == null) {
            if (rotateBytes != null) {
                throw new CommandFailure(ExitCode.USAGE, ROTATE_FLAG + " is of use only with --record FILE");
            }
            return null;
        }
        return open(file, rotateBytes);
    }

    static RecordingWriter open(Path file, @Nullable Long rotateBytes) {
        try {
            return RecordingWriter.create(file, rotateBytes == null ? 0 : rotateBytes);
        } catch (FileAlreadyExistsException e) {
            throw new CommandFailure(
                    ExitCode.USAGE,
                    "the recording " + e.getMessage() + " exists already (give another name, or remove it)");
        } catch (IOException e) {
            String why = e instanceof NoSuchFileException ? "there is no such folder" : String.valueOf(e);
            throw new CommandFailure(
                    ExitCode.USAGE,
                    "the recording " + file + " cannot be written: " + why
                            + " (give a file in a folder that you may write)",
                    e);
        }
    }
}
