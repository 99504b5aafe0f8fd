package org.joblifecycle.json;

import io.vavr.control.Option;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;

/**
 * Times as the REST API writes them: RFC 3339 with 0 to 9 digits of a fraction, any offset up to 23:59, the years 0001 to
 * 9999 and no leap second.
 */
final class Rfc3339 {
    private static final int SECONDS_A_MINUTE = 60;
    private static final int SECONDS_AN_HOUR = 3600;
    private static final int DATE_TIME_LENGTH = "2024-05-01T12:00:00".length();
    private static final Instant FIRST = Instant.parse("0001-01-01T00:00:00Z");
    private static final Instant LAST = Instant.parse("9999-12-31T23:59:59.999999999Z");

    private final String text;

    private Rfc3339(String text) {
        this.text = text;
    }

    /** The instant that a text names; nothing if it is no such time. */
    static Option<Instant> parse(String text) {
        try {
            return Option.some(new Rfc3339(text).instant());
        } catch (DateTimeException e) {
            return Option.none();
        }
    }

    /** The instant in UTC with 0, 3, 6 or 9 digits of a fraction; nothing if it lies outside the years 0001 to 9999. */
    static Option<String> format(Instant time) {
        return time.isBefore(FIRST) || time.isAfter(LAST) ? Option.none() : Option.some(time.toString());
    }

    private Instant instant() {
        int year = number(0, 4, 1, 9999);
        expect(4, '-');
        int month = number(5, 2, 1, 12);
        expect(7, '-');
        int day = number(8, 2, 1, 31);
        expect(10, 'T');
        int hour = number(11, 2, 0, 23);
        expect(13, ':');
        int minute = number(14, 2, 0, 59);
        expect(16, ':');
        int second = number(17, 2, 0, 59);
        int end = fractionEnd();
        LocalDateTime local = LocalDateTime.of(year, month, day, hour, minute, second);
        return Instant.ofEpochSecond(local.toEpochSecond(ZoneOffset.UTC) - offset(end), nanos(end));
    }

    private int fractionEnd() {
        int end = DATE_TIME_LENGTH;
        if (charAt(end) != '.') {
            return end;
        }
        end++;
        while (isDigit(charAt(end))) {
            end++;
        }
        int digits = end - DATE_TIME_LENGTH - 1;
        check(digits >= 1 && digits <= 9);
        return end;
    }

    private int nanos(int end) {
        int nanos = 0;
        for (int i = 0; i < 9; i++) {
            int at = DATE_TIME_LENGTH + 1 + i;
            nanos = nanos * 10 + (at < end ? text.charAt(at) - '0' : 0);
        }
        return nanos;
    }

    private int offset(int at) {
        char sign = charAt(at);
        if (sign == 'Z' || sign == 'z') {
            check(text.length() == at + 1);
            return 0;
        }
        check(sign == '+' || sign == '-');
        expect(at + 3, ':');
        check(text.length() == at + 6);
        int offset = number(at + 1, 2, 0, 23) * SECONDS_AN_HOUR + number(at + 4, 2, 0, 59) * SECONDS_A_MINUTE;
        return sign == '-' ? -offset : offset;
    }

    private int number(int at, int digits, int least, int most) {
        int number = 0;
        for (int i = at; i < at + digits; i++) {
            check(isDigit(charAt(i)));
            number = number * 10 + (charAt(i) - '0');
        }
        check(number >= least && number <= most);
        return number;
    }

    private void expect(int at, char expected) {
        check(Character.toUpperCase(charAt(at)) == expected);
    }

    private char charAt(int at) {
        return at < text.length() ? text.charAt(at) : 0;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static void check(boolean holds) {
        if (!holds) {
            throw new DateTimeException("not RFC 3339");
        }
    }
}
