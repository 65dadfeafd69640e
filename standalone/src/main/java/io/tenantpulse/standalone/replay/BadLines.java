package io.tenantpulse.standalone.replay;

import java.util.function.Consumer;

/**
 * What happens to bad lines: the first ends the replay, or each is counted and passed over. The cut off end of a recording whose
 * process was killed is always counted and passed over.
 */
public final class BadLines {
    /** So many are named one by one; the rest is only counted. */
    private static final int NAMED = 20;

    private final boolean skip;
    private final Consumer<String> say;
    private long count;

    private BadLines(boolean skip, Consumer<String> say) {
        this.skip = skip;
        this.say = say;
    }

    /** The first bad line ends the replay. */
    public static BadLines fail() {
        return fail(line -> {});
    }

    /**
     * The first bad line ends the replay.
     *
     * @param say gets a message for each recording that is cut off
     */
    public static BadLines fail(Consumer<String> say) {
        return new BadLines(false, say);
    }

    /**
     * Bad lines are counted and passed over.
     *
     * @param say gets one message for each of the first twenty
     */
    public static BadLines skip(Consumer<String> say) {
        return new BadLines(true, say);
    }

    void found(String file, long line, String what) {
        String message = file + ": line " + line + ": " + what;
        if (!skip) {
            throw new BadRecordingException(
                    message + " (correct the line, or give --skip-bad-lines to count such lines and go on)");
        }
        skip(message);
    }

    /** A recording ends in the middle of a line: whoever wrote it was killed. All that was written before is good. */
    void torn(String file, long line) {
        skip(file + ": line " + line
                + ": the recording is cut off here, its process was killed; the lines before are taken");
    }

    private void skip(String message) {
        count++;
        if (count <= NAMED) {
            say.accept("skipped: " + message);
        } else if (count == NAMED + 1) {
            say.accept("skipped: further bad lines are only counted");
        }
    }

    /** Bad lines so far. */
    public long count() {
        return count;
    }
}
