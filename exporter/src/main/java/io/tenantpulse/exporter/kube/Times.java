package io.tenantpulse.exporter.kube;

import java.time.DateTimeException;
import java.time.LocalDate;

/** Reads RFC 3339 times, as the API server writes them, without making strings of them. */
final class Times {
    /** No time. */
    static final long NONE = Long.MIN_VALUE;

    private static final int DATE_AND_TIME = 19;

    private Times() {}

    /**
     * Milliseconds since 1970.
     *
     * @throws MalformedJsonException when it is no such time
     */
    static long parse(byte[] in, int from, int to) {
        if (to - from < DATE_AND_TIME + 1 || in[from + 4] != '-' || in[from + 7] != '-' || in[from + 13] != ':') {
            throw malformed();
        }
        try {
            long day = epochDay(number(in, from, 4), number(in, from + 5, 2), number(in, from + 8, 2));
            long seconds = ((day * 24 + number(in, from + 11, 2)) * 60 + number(in, from + 14, 2)) * 60
                    + number(in, from + 17, 2);
            int at = from + DATE_AND_TIME;
            int millis = 0;
            if (in[at] == '.') {
                int digits = 0;
                for (at++; at < to && in[at] >= '0' && in[at] <= '9'; at++, digits++) {
                    millis = digits < 3 ? millis * 10 + (in[at] - '0') : millis;
                }
                for (; digits < 3; digits++) {
                    millis *= 10;
                }
            }
            return (seconds - offset(in, at, to)) * 1000 + millis;
        } catch (DateTimeException | ArrayIndexOutOfBoundsException e) {
            throw malformed();
        }
    }

    private static long epochDay(int year, int month, int day) {
        return LocalDate.of(year, month, day).toEpochDay();
    }

    private static int offset(byte[] in, int at, int to) {
        if (at + 1 == to && (in[at] == 'Z' || in[at] == 'z')) {
            return 0;
        }
        if (at + 6 != to || (in[at] != '+' && in[at] != '-')) {
            throw malformed();
        }
        int seconds = (number(in, at + 1, 2) * 60 + number(in, at + 4, 2)) * 60;
        return in[at] == '-' ? -seconds : seconds;
    }

    private static int number(byte[] in, int at, int digits) {
        int value = 0;
        for (int i = at; i < at + digits; i++) {
            if (in[i] < '0' || in[i] > '9') {
                throw malformed();
            }
            value = value * 10 + (in[i] - '0');
        }
        return value;
    }

    private static MalformedJsonException malformed() {
        return new MalformedJsonException("a time was expected");
    }
}
