package io.tenantpulse.standalone.replay;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * Several recordings as one stream: always the one whose next line is the oldest; of equal ones, the first given. The parts of a
 * rotated recording are one, in the order of their numbers, however they are given.
 */
final class RecordingMerge implements Closeable {
    /**
     * The next line of one recording.
     *
     * @param file where it stands
     */
    record Head(RecordedLine line, RecordingFile file) {}

    /** One recording: its parts that are still to come. */
    private static final class Chain {
        private final Deque<Head> begun = new ArrayDeque<>();
        private final int place;

        Chain(int place) {
            this.place = place;
        }

        Head head() {
            return begun.getFirst();
        }

        /** Goes to the next line; false at the end. */
        boolean advance() {
            Head head = begun.removeFirst();
            RecordedLine line = head.file().next();
            if (line != null) {
                begun.addFirst(new Head(line, head.file()));
            }
            return !begun.isEmpty();
        }
    }

    private final List<RecordingFile> files;
    private final BadLines badLines;
    private final PriorityQueue<Chain> chains = new PriorityQueue<>(
            Comparator.comparing((Chain chain) -> chain.head().line().ts()).thenComparingInt(chain -> chain.place));
    private @Nullable Chain taken;
    private boolean opened;

    RecordingMerge(List<RecordingFile> files, BadLines badLines) {
        this.files = new ArrayList<>(files);
        this.badLines = badLines;
    }

    /** The next line with its file; null at the end. */
    @Nullable
    Head next() {
        Chain last = taken;
        if (!opened) {
            opened = true;
            begin();
        } else if (last != null && last.advance()) {
            chains.add(last);
        }
        taken = chains.poll();
        return taken == null ? null : taken.head();
    }

    private void begin() {
        Map<String, List<Head>> parts = new LinkedHashMap<>();
        for (int place = 0; place < files.size(); place++) {
            RecordingFile file = files.get(place);
            RecordedLine line = file.next();
            if (line != null) {
                RecordingPart part = file.part();
                String recording = part == null ? "file " + place : part.recording();
                parts.computeIfAbsent(recording, ignored -> new ArrayList<>()).add(new Head(line, file));
            }
        }
        for (List<Head> recording : parts.values()) {
            Chain chain = new Chain(files.indexOf(recording.get(0).file()));
            recording.sort(Comparator.comparingInt(head -> number(head.file())));
            checkComplete(recording);
            chain.begun.addAll(recording);
            chains.add(chain);
        }
    }

    private static int number(RecordingFile file) {
        RecordingPart part = file.part();
        return part == null ? 1 : part.number();
    }

    private void checkComplete(List<Head> parts) {
        for (int i = 1; i < parts.size(); i++) {
            RecordingFile before = parts.get(i - 1).file();
            RecordingFile after = parts.get(i).file();
            int missing = number(before) + 1;
            if (number(after) < missing) {
                throw new BadRecordingException(after.name() + ": is the same part of the same recording as "
                        + before.name() + " (give it once)");
            }
            if (number(after) > missing) {
                badLines.found(
                        after.name(), 1, "part " + missing + " of this recording, which comes before it, is not given");
            }
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
