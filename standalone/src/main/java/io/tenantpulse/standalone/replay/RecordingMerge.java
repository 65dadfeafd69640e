package io.tenantpulse.standalone.replay;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/** Several recordings as one stream: always the file whose next line is the oldest; of equal ones, the first given. */
final class RecordingMerge implements Closeable {
    /**
     * The next line of one file.
     *
     * @param place place of the file in the order given
     */
    record Head(RecordedLine line, RecordingFile file, int place) {}

    private final List<RecordingFile> files;
    private final PriorityQueue<Head> heads =
            new PriorityQueue<>(Comparator.comparing((Head h) -> h.line().ts()).thenComparingInt(Head::place));
    private @Nullable Head taken;
    private boolean opened;

    RecordingMerge(List<RecordingFile> files) {
        this.files = new ArrayList<>(files);
    }

    /** The next line with its file; null at the end. */
    @Nullable
    Head next() {
        if (!opened) {
            opened = true;
            for (int i = 0; i < files.size(); i++) {
                refill(files.get(i), i);
            }
        } else if (taken != null) {
            refill(taken.file(), taken.place());
        }
        taken = heads.poll();
        return taken;
    }

    private void refill(RecordingFile file, int place) {
        RecordedLine line = file.next();
        if (line != null) {
            heads.add(new Head(line, file, place));
        }
    }

    @Override
    public void close() throws IOException {
        IOException failed = null;
        for (RecordingFile file : files) {
            try {
                file.close();
            } catch (IOException e) {
                failed = e;
            }
        }
        if (failed != null) {
            throw failed;
        }
    }
}
