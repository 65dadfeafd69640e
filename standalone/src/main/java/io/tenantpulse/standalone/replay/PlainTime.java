package io.tenantpulse.standalone.replay;

import java.time.LocalDate;

/**
 * Reads times as nearly every line has them, {@code 2026-01-31T18:47:12Z} with or without three digits of milliseconds, on
 * one of the first 28 days of a month. What is in any way unusual is left to the JDK.
 */
final class PlainTime {
    /** It is unusual. */
    static final long NONE = Long.MIN_VALUE;

    private static final int WITHOUT_MILLIS = 20;
    private static final int WITH_MILLIS = 24;
    private static final String FORM = "0000-00-00T00:00:00.000Z";

    private PlainTime() {}

    /** Milliseconds since 1970, not before. */
    static long millis(String text) {
        int length = text.length();
        if ((length != WITHOUT_MILLIS && length != WITH_MILLIS) || !hasForm(text, length)) {
            return NONE;
        }
        int year = number(text, 0, 4);
        int month = number(text, 5, 7);
        int day = number(text, 8, 10);
        int hour = number(text, 11, 13);
        int minute = number(text, 14, 16);
        int second = number(text, 17, 19);
        if (year < 1970 || month < 1 || month > 12 || day < 1 || day > 28 || hour > 23 || minute > 59 || second > 59) {
            return NONE;
        }
        long minutes = (LocalDate.of(year, month, day).toEpochDay() * 24 + hour) * 60 + minute;
        int millis = length == WITH_MILLIS ? number(text, 20, 23) : 0;
        return (minutes * 60 + second) * 1000 + millis;
    }

    private static boolean hasForm(String text, int length) {
        for (int i = 0; i < length - 1; i++) {
            char expected = FORM.charAt(i);
            char c = text.charAt(i);
            if (expected == '0' ? c < '0' || c > '9' : c != expected) {
                return false;
            }
        }
        return text.charAt(length - 1) == 'Z';
    }

    private static int number(String text, int from, int to) {
        int number = 0;
        for (int i = from; i < to; i++) {
            number = number * 10 + text.charAt(i) - '0';
        }
        return number;
    }
}
