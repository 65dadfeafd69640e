package io.tenantpulse.bench;

import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.LongStream;
import java.util.zip.GZIPInputStream;

/**
 * A recording of any length made of a short one: round after round, each later by the length of the recording, with other uids and
 * higher resourceVersions, as if everything had been made anew under the same names. Takes the short one's size in memory and no disk.
 */
final class RepeatedRecording {
    private static final Pattern PATCHES = Pattern.compile("\"(?<time>\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d)"
            + "|\"resourceVersion\":\\s*\"(?<version>\\d{1,6})\""
            + "|[uU]id\"\\s*:\\s*\"(?<uid>[0-9a-f]{4})(?=[0-9a-f]{4}-)");
    private static final Pattern TS = Pattern.compile("\"ts\":\\s*\"(\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d)");

    /** A recorded resourceVersion is below this. */
    private static final long VERSIONS_OF_A_ROUND = 1_000_000;

    /** Before the first round's versions, so that those of all rounds are written with as many digits. */
    private static final int VERSION_ROUNDS = 1000;

    private static final int VERSION_DIGITS = 10;
    private static final int UID_DIGITS = 4;
    private static final long PAUSE_SECONDS = 60;
    private static final int PIECE_BYTES = 1 << 16;

    private final String name;
    private final byte[] bytes;
    private final int lines;
    private final Places times;
    private final Places versions;
    private final Places uids;
    private final long periodSeconds;

    /** Where values stand in the bytes, and what they are in the first round. */
    private static final class Places {
        private int[] at = new int[1024];
        private long[] value = new long[1024];
        private int count;

        void add(int place, long first) {
            if (count == at.length) {
                at = Arrays.copyOf(at, count * 2);
                value = Arrays.copyOf(value, count * 2);
            }
            at[count] = place;
            value[count++] = first;
        }
    }

    private RepeatedRecording(String name, byte[] bytes, int lines, Places[] places, long periodSeconds) {
        this.name = name;
        this.bytes = bytes;
        this.lines = lines;
        this.times = places[0];
        this.versions = places[1];
        this.uids = places[2];
        this.periodSeconds = periodSeconds;
    }

    /** Reads a recording without marks, plain or gzip. */
    static RepeatedRecording read(Path file) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        Places[] places = {new Places(), new Places(), new Places()};
        LongStream.Builder stamps = LongStream.builder();
        int lines = 0;
        try (InputStream raw = new BufferedInputStream(Files.newInputStream(file));
                InputStream plain = file.toString().endsWith(".gz") ? new GZIPInputStream(raw, PIECE_BYTES) : raw;
                BufferedReader reader = new BufferedReader(new InputStreamReader(plain, StandardCharsets.ISO_8859_1))) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                Matcher ts = TS.matcher(line);
                if (!ts.find()) {
                    throw new IOException(file + ": line " + (lines + 1) + " has no \"ts\"");
                }
                stamps.add(seconds(ts.group(1)));
                append(line, all, places);
                lines++;
            }
        }
        var range = stamps.build().summaryStatistics();
        String name = file.getFileName().toString().replaceAll("\\.ndjson(\\.gz)?$", "");
        return new RepeatedRecording(
                name, all.toByteArray(), lines, places, range.getMax() - range.getMin() + PAUSE_SECONDS);
    }

    private static void append(String line, ByteArrayOutputStream all, Places[] places) throws IOException {
        Matcher found = PATCHES.matcher(line);
        int copied = 0;
        while (found.find()) {
            String group = found.group("time") != null ? "time" : found.group("version") != null ? "version" : "uid";
            all.write(line.substring(copied, found.start(group)).getBytes(StandardCharsets.ISO_8859_1));
            String value = found.group(group);
            switch (group) {
                case "time" -> places[0].add(all.size(), seconds(value));
                case "version" -> places[1].add(all.size(), Long.parseLong(value));
                default -> places[2].add(all.size(), Long.parseLong(value, 16));
            }
            String first = group.equals("version") ? "0".repeat(VERSION_DIGITS) : value;
            all.write(first.getBytes(StandardCharsets.ISO_8859_1));
            copied = found.end(group);
        }
        all.write((line.substring(copied) + '\n').getBytes(StandardCharsets.ISO_8859_1));
    }

    private static long seconds(String time) {
        return LocalDateTime.parse(time).toEpochSecond(ZoneOffset.UTC);
    }

    String name() {
        return name;
    }

    /** Bytes of one round. */
    int roundBytes() {
        return bytes.length;
    }

    /** Lines of one round. */
    int roundLines() {
        return lines;
    }

    /**
     * Writes as many whole lines as fit into the given size, but at least one.
     *
     * @return how many lines and bytes were written
     */
    Written write(long size, OutputStream out) throws IOException {
        long written = 0;
        long count = 0;
        for (int round = 0; written < size; round++) {
            patch(round);
            int length = bytes.length;
            if (size - written < length) {
                length = wholeLines((int) (size - written));
                if (length == 0 && written > 0) {
                    break;
                }
                length = length == 0 ? firstLine() : length;
            }
            for (int at = 0; at < length; at += PIECE_BYTES) {
                out.write(bytes, at, Math.min(PIECE_BYTES, length - at));
            }
            written += length;
            count += length == bytes.length ? lines : linesUntil(length);
            if (length < bytes.length) {
                break;
            }
        }
        return new Written(count, written);
    }

    /** What was written. */
    record Written(long lines, long bytes) {}

    private int firstLine() {
        int at = 0;
        while (bytes[at] != '\n') {
            at++;
        }
        return at + 1;
    }

    private int wholeLines(int until) {
        int at = until;
        while (at > 0 && bytes[at - 1] != '\n') {
            at--;
        }
        return at;
    }

    private int linesUntil(int until) {
        int count = 0;
        for (int i = 0; i < until; i++) {
            count += bytes[i] == '\n' ? 1 : 0;
        }
        return count;
    }

    private void patch(int round) {
        for (int i = 0; i < times.count; i++) {
            writeTime(times.at[i], times.value[i] + round * periodSeconds);
        }
        for (int i = 0; i < versions.count; i++) {
            long version = (VERSION_ROUNDS + round) * VERSIONS_OF_A_ROUND + versions.value[i];
            writeDecimal(versions.at[i], VERSION_DIGITS, version);
        }
        for (int i = 0; i < uids.count; i++) {
            String digits = String.format(Locale.ROOT, "%04x", (uids.value[i] + round) & 0xFFFF);
            for (int digit = 0; digit < UID_DIGITS; digit++) {
                bytes[uids.at[i] + digit] = (byte) digits.charAt(digit);
            }
        }
    }

    private void writeTime(int at, long epochSecond) {
        LocalDateTime time = LocalDateTime.ofEpochSecond(epochSecond, 0, ZoneOffset.UTC);
        writeDecimal(at, 4, time.getYear());
        writeDecimal(at + 5, 2, time.getMonthValue());
        writeDecimal(at + 8, 2, time.getDayOfMonth());
        writeDecimal(at + 11, 2, time.getHour());
        writeDecimal(at + 14, 2, time.getMinute());
        writeDecimal(at + 17, 2, time.getSecond());
    }

    private void writeDecimal(int at, int digits, long value) {
        long rest = value;
        for (int i = at + digits - 1; i >= at; i--) {
            bytes[i] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
    }
}
