package org.joblifecycle.json;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.vavr.control.Option;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * Times as the REST API writes them: RFC 3339 with 0 to 9 digits of a fraction, any offset up to 23:59, the years 0001 to
 * 9999 and no leap second.
 */
final class Rfc3339 {
    private static final int SECONDS_A_MINUTE = 60;
    private static final int SECONDS_AN_HOUR = 3600;
    private static final long SECONDS_A_DAY = 86_400;
    private static final int DATE_TIME_LENGTH = "2024-05-01T12:00:00".length();
    private static final int MOST_DIGITS = 9;
    private static final Instant FIRST = Instant.parse("0001-01-01T00:00:00Z");
    private static final Instant LAST = Instant.parse("9999-12-31T23:59:59.999999999Z");

    private final byte[] text;
    private final int from;
    private final int to;

    /** Whether all that was looked at is as it must be. */
    private boolean holds = true;

    private Rfc3339(byte[] text, int from, int to) {
        this.text = text;
        this.from = from;
        this.to = to;
    }

    /** The instant that a text names; nothing if it is no such time. */
    static Option<Instant> parse(String text) {
        byte[] bytes = text.getBytes(UTF_8);
        return Option.of(parse(bytes, 0, bytes.length));
    }

    /** The instant that a text in UTF-8, from one index to before another, names; null if it is no such time. */
    static @Nullable Instant parse(byte[] text, int from, int to) {
        return new Rfc3339(text, from, to).instant();
    }

    /** The instant in UTC with 0, 3, 6 or 9 digits of a fraction; nothing if it lies outside the years 0001 to 9999. */
    static Option<String> format(Instant time) {
        return time.isBefore(FIRST) || time.isAfter(LAST) ? Option.none() : Option.some(time.toString());
    }

    private @Nullable Instant instant() {
        int year = number(0, 4, 1, 9999);
        expect(4, '-');
        int month = number(5, 2, 1, 12);
        expect(7, '-');
        int day = number(8, 2, 1, 31);
        holds &= at(10) == 'T' || at(10) == 't';
        int hour = number(11, 2, 0, 23);
        expect(13, ':');
        int minute = number(14, 2, 0, 59);
        expect(16, ':');
        int second = number(17, 2, 0, 59);
        int digits = digits();
        int nanos = 0;
        for (int i = 1; i <= MOST_DIGITS; i++) {
            nanos = nanos * 10 + (i <= digits ? at(DATE_TIME_LENGTH + i) - '0' : 0);
        }
        int offset = offset(digits == 0 ? DATE_TIME_LENGTH : DATE_TIME_LENGTH + 1 + digits);
        if (!holds) {
            return null;
        }
        try {
            long days = LocalDate.of(year, month, day).toEpochDay();
            int seconds = hour * SECONDS_AN_HOUR + minute * SECONDS_A_MINUTE + second - offset;
            return Instant.ofEpochSecond(days * SECONDS_A_DAY + seconds, nanos);
        } catch (DateTimeException e) {
            return null; // the month has no such day
        }
    }

    /** How many digits the fraction has; 0 if there is none. */
    private int digits() {
        if (at(DATE_TIME_LENGTH) != '.') {
            return 0;
        }
        int digits = 0;
        while (isDigit(at(DATE_TIME_LENGTH + 1 + digits))) {
            digits++;
        }
        holds &= digits >= 1 && digits <= MOST_DIGITS;
        return digits;
    }

    private int offset(int at) {
        byte sign = at(at);
        if (sign == 'Z' || sign == 'z') {
            holds &= from + at + 1 == to;
            return 0;
        }
        holds &= (sign == '+' || sign == '-') && from + at + 6 == to;
        expect(at + 3, ':');
        int offset = number(at + 1, 2, 0, 23) * SECONDS_AN_HOUR + number(at + 4, 2, 0, 59) * SECONDS_A_MINUTE;
        return sign == '-' ? -offset : offset;
    }

    private int number(int at, int digits, int least, int most) {
        int number = 0;
        for (int i = at; i < at + digits; i++) {
            holds &= isDigit(at(i));
            number = number * 10 + (at(i) - '0');
        }
        holds &= number >= least && number <= most;
        return number;
    }

    private void expect(int at, char expected) {
        holds &= at(at) == expected;
    }

    private byte at(int at) {
        return from + at < to ? text[from + at] : 0;
    }

    private static boolean isDigit(byte c) {
        return c >= '0' && c <= '9';
    }
}
