package org.joblifecycle.json.fast;

import java.time.Instant;
import java.time.Month;
import java.time.Year;
import org.jspecify.annotations.Nullable;

/**
 * Reads times from bytes: RFC 3339 with 0 to 9 digits of a fraction, any offset up to 23:59, the years 0001 to 9999 and no leap
 * second.
 */
public final class TimeScanner {
    private static final int SECONDS_A_MINUTE = 60;
    private static final int SECONDS_AN_HOUR = 3600;
    private static final long SECONDS_A_DAY = 86_400;

    /** Counted from the first of March of the year 0, which is day 1. */
    private static final int DAYS_TO_1970 = 719_469;

    /** How many days each month has, by its number: in common years, in leap years. */
    private static final int[][] LENGTHS = {lengths(false), lengths(true)};

    private static final int SHORTEST = "2024-05-01T12:00:00Z".length();
    private static final int MOST_DIGITS = 9;

    /** In place of a number or an offset, where there is none. */
    private static final int NONE = -1;

    private static final int NO_OFFSET = Integer.MIN_VALUE;

    private static final long DATE = EightBytes.of("00-00-00");
    private static final long TIME = EightBytes.of("00:00:00");

    /** Added to the values of digits and separators: sets the highest bit where a digit is above 9, or a separator above 0. */
    private static final long LIMITS = EightBytes.of("vv\u007Fvv\u007Fvv");

    private TimeScanner() {}

    private static int[] lengths(boolean leapYear) {
        int[] lengths = new int[1 + Month.values().length];
        for (Month month : Month.values()) {
            lengths[month.getValue()] = month.length(leapYear);
        }
        return lengths;
    }

    /** The instant that these bytes name, from one index to before another; null if they are not such a time. */
    public static @Nullable Instant parse(byte[] text, int from, int to) {
        if (to - from < SHORTEST || (text[from + 10] | ' ') != 't') {
            return null;
        }
        int century = number(text, from);
        long date = numbers(text, from + 2, DATE);
        long time = numbers(text, from + 11, TIME);
        int at = from + SHORTEST - 1;
        int nanos = 0;
        if (text[at] == '.') {
            int end = digitsEnd(text, at + 1, to);
            nanos = nanos(text, at + 1, end);
            at = end;
        }
        int offset = offset(text, at, to);
        if (century == NONE || date == NONE || time == NONE || nanos == NONE || offset == NO_OFFSET) {
            return null;
        }
        int year = century * 100 + first(date);
        int month = second(date);
        int day = third(date);
        int hour = first(time);
        int minute = second(time);
        int second = third(time);
        if (year == 0 || month == 0 || month > 12 || hour > 23 || minute > 59 || second > 59) {
            return null;
        }
        if (day == 0 || day > LENGTHS[Year.isLeap(year) ? 1 : 0][month]) {
            return null;
        }
        int seconds = hour * SECONDS_AN_HOUR + minute * SECONDS_A_MINUTE + second - offset;
        return Instant.ofEpochSecond(daysSince1970(year, month, day) * SECONDS_A_DAY + seconds, nanos);
    }

    /**
     * The same as {@link java.time.LocalDate#toEpochDay}, without branches: with them the JVM would compile again whenever a
     * file comes to another month. Years begin in March here, so that the leap day is the last day of its year.
     */
    private static long daysSince1970(int year, int month, int day) {
        int monthsSinceMarch = (month + 9) % 12;
        int years = year - monthsSinceMarch / 10;
        int days = (153 * monthsSinceMarch + 2) / 5 + day;
        return 365L * years + years / 4 - years / 100 + years / 400 + days - DAYS_TO_1970;
    }

    /**
     * Three numbers of two digits.
     *
     * @param form zeros and what separates the numbers
     * @return what {@link #first}, {@link #second} and {@link #third} take apart, or NONE
     */
    private static long numbers(byte[] text, int at, long form) {
        long digits = EightBytes.at(text, at) ^ form;
        return (((digits + LIMITS) | digits) & EightBytes.HIGH_BITS) == 0 ? digits * 10 + (digits >>> Byte.SIZE) : NONE;
    }

    private static int first(long numbers) {
        return (int) (numbers & 0xFF);
    }

    private static int second(long numbers) {
        return (int) (numbers >>> (3 * Byte.SIZE)) & 0xFF;
    }

    private static int third(long numbers) {
        return (int) (numbers >>> (6 * Byte.SIZE)) & 0xFF;
    }

    /** The number of two digits that is here, or NONE. */
    private static int number(byte[] text, int at) {
        return isDigit(text[at]) && isDigit(text[at + 1]) ? (text[at] - '0') * 10 + text[at + 1] - '0' : NONE;
    }

    private static int digitsEnd(byte[] text, int from, int to) {
        int end = from;
        while (end < to && isDigit(text[end])) {
            end++;
        }
        return end;
    }

    /** The nanoseconds of a fraction of these digits, or NONE. */
    private static int nanos(byte[] text, int from, int end) {
        if (end == from || end - from > MOST_DIGITS) {
            return NONE;
        }
        int nanos = 0;
        for (int i = from; i < from + MOST_DIGITS; i++) {
            nanos = nanos * 10 + (i < end ? text[i] - '0' : 0);
        }
        return nanos;
    }

    /** The offset, in seconds, that is all the rest of the text, or NO_OFFSET. */
    private static int offset(byte[] text, int at, int to) {
        if (to - at == 1 && (text[at] | ' ') == 'z') {
            return 0;
        }
        if (to - at == "+00:00".length() && (text[at] == '+' || text[at] == '-') && text[at + 3] == ':') {
            int hours = number(text, at + 1);
            int minutes = number(text, at + 4);
            if (hours != NONE && hours <= 23 && minutes != NONE && minutes <= 59) {
                int offset = hours * SECONDS_AN_HOUR + minutes * SECONDS_A_MINUTE;
                return text[at] == '-' ? -offset : offset;
            }
        }
        return NO_OFFSET;
    }

    private static boolean isDigit(byte c) {
        return c >= '0' && c <= '9';
    }
}
