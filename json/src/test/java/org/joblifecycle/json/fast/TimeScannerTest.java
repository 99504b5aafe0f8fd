package org.joblifecycle.json.fast;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.joblifecycle.json.fast.TimeScannerProperties.oracle;
import static org.joblifecycle.json.fast.TimeScannerProperties.parse;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.fail;

import java.time.Instant;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimeScannerTest {

    @ParameterizedTest
    @CsvSource(textBlock = """
            2024-05-01T12:00:00Z,                2024-05-01T12:00:00Z
            2024-05-01t12:00:00z,                2024-05-01T12:00:00Z
            2024-05-01T12:00:00+00:00,           2024-05-01T12:00:00Z
            2024-05-01T12:00:00-00:00,           2024-05-01T12:00:00Z
            2024-05-01T12:00:00+05:30,           2024-05-01T06:30:00Z
            2024-05-01T12:00:00-05:30,           2024-05-01T17:30:00Z
            2024-05-01T12:00:00+23:59,           2024-04-30T12:01:00Z
            2024-05-01T12:00:00-23:59,           2024-05-02T11:59:00Z
            2024-05-01T12:00:00.0Z,              2024-05-01T12:00:00Z
            2024-05-01T12:00:00.5Z,              2024-05-01T12:00:00.5Z
            2024-05-01T12:00:00.05z,             2024-05-01T12:00:00.05Z
            2024-05-01T12:00:00.123Z,            2024-05-01T12:00:00.123Z
            2024-05-01T12:00:00.123456Z,         2024-05-01T12:00:00.123456Z
            2024-05-01T12:00:00.123456789Z,      2024-05-01T12:00:00.123456789Z
            2024-05-01T12:00:00.000000001+01:00, 2024-05-01T11:00:00.000000001Z
            2024-05-01T12:00:00.999999999-01:00, 2024-05-01T13:00:00.999999999Z
            2024-02-29T00:00:00Z,                2024-02-29T00:00:00Z
            2000-02-29T00:00:00Z,                2000-02-29T00:00:00Z
            2024-01-31T23:59:59Z,                2024-01-31T23:59:59Z
            2024-12-31T00:00:59Z,                2024-12-31T00:00:59Z
            1969-12-31T23:59:59.25Z,             1969-12-31T23:59:59.25Z
            0001-01-01T00:00:00Z,                0001-01-01T00:00:00Z
            0001-01-01T00:00:00+23:59,           0000-12-31T00:01:00Z
            9999-12-31T23:59:59.999999999Z,      9999-12-31T23:59:59.999999999Z
            9999-12-31T23:59:59-23:59,           +10000-01-01T23:58:59Z
            """)
    void aTimeOfRfc3339IsRead(String text, Instant instant) {
        assertEquals(instant, parse(text));
    }

    // formatter:off
    @ParameterizedTest
    @ValueSource(strings = {
        "", "Z", "T", "2024", "2024-05-01", "2024-05-01T", "2024-05-01T12", "2024-05-01T12:00", "2024-05-01T12:00Z",
        "2024-05-01T12:00:00", "2024-05-01T12:00:0Z", "2024-05-01T12:00:00.5", "12:00:00Z",
        // digits: too many, too few, not ASCII
        "+2024-05-01T12:00:00Z", "-2024-05-01T12:00:00Z", "+12024-05-01T12:00:00Z", "12024-05-01T12:00:00Z",
        "024-05-01T12:00:00Z", "2024-5-01T12:00:00Z", "2024-05-1T12:00:00Z", "2024-05-01T1:00:00Z", "2024-05-01T12:0:00Z",
        "２０２４-05-01T12:00:00Z", "2024-05-01T12:00:0٠Z", "2024-05-01T12:00:00.٥Z", "2024-05-01T12:00:00+0０:00",
        "20/4-05-01T12:00:00Z", "20:4-05-01T12:00:00Z", "2024-05-01T12:00:00.5:Z", "2024-05-01T12:00:00.5/Z",
        // numbers out of their range
        "0000-01-01T00:00:00Z", "2024-00-01T12:00:00Z", "2024-13-01T12:00:00Z", "2024-05-00T12:00:00Z",
        "2024-05-32T12:00:00Z", "2024-04-31T12:00:00Z", "2024-02-30T12:00:00Z", "2023-02-29T12:00:00Z",
        "1900-02-29T12:00:00Z", "2024-05-01T24:00:00Z", "2024-05-01T25:00:00Z", "2024-05-01T12:60:00Z",
        "2024-05-01T12:00:60Z", "2016-12-31T23:59:60Z", "2024-05-01T12:00:61Z",
        // offsets
        "2024-05-01T12:00:00+24:00", "2024-05-01T12:00:00-24:00", "2024-05-01T12:00:00+00:60", "2024-05-01T12:00:00+5:00",
        "2024-05-01T12:00:00+05", "2024-05-01T12:00:00+0500", "2024-05-01T12:00:00+05:0", "2024-05-01T12:00:00+05:000",
        "2024-05-01T12:00:00+05.00", "2024-05-01T12:00:00+-5:00", "2024-05-01T12:00:00+", "2024-05-01T12:00:00+:",
        "2024-05-01T12:00:00 05:00", "2024-05-01T12:00:00\u221205:00", "2024-05-01T12:00:00GMT",
        "2024-05-01T12:00:00+01:00:00", "2024-05-01T12:00:00Z+01:00", "2024-05-01T12:00:00+01:00Z",
        // fractions
        "2024-05-01T12:00:00.Z", "2024-05-01T12:00:00.+01:00", "2024-05-01T12:00:00,5Z",
        "2024-05-01T12:00:00.1234567890Z", "2024-05-01T12:00:00.0000000000Z", "2024-05-01T12:00:00.5.5Z",
        "2024-05-01T12:00.5Z", "2024-05-01T12:00:00.-5Z",
        // separators
        "2024-05-01 12:00:00Z", "2024-05-01_12:00:00Z", "20240501T120000Z", "2024/05/01T12:00:00Z",
        "2024-05/01T12:00:00Z", "2024-05-01T12-00:00Z", "2024-05-01T12:00-00Z", "2024-05-01T12.00.00Z",
        // something around it
        " 2024-05-01T12:00:00Z", "2024-05-01T12:00:00Z ", "2024-05-01T12:00:00 Z", "2024-05-01T12:00:00Z\n",
        "2024-05-01T12:00:00ZZ", "2024-05-01T12:00:00Z[UTC]", "2024-05-01T12:00:00+01:00[Europe/Paris]",
        "2024-05-01T12:00:00Z\0", "2024-05-01T12:00:00\0Z", "\0002024-05-01T12:00:00Z", "2024-05-01T12:00:00\0",
        "2024-05-01T12:00:00.5\0", "\ufeff2024-05-01T12:00:00Z", "1714564800", "now"
    })
    // formatter:on
    void anythingElseIsRefused(String text) {
        assertNull(parse(text));
    }

    @Test
    void allDaysOfAllYearsAreRead() {
        for (LocalDate day = LocalDate.of(1, 1, 1); day.getYear() < 10_000; day = day.plusDays(1)) {
            Instant noon = Instant.ofEpochSecond(day.toEpochDay() * 86_400 + 43_200);
            byte[] text = (day + "T12:00:00Z").getBytes(US_ASCII);
            if (!noon.equals(TimeScanner.parse(text, 0, text.length))) {
                fail(day + " is read as " + TimeScanner.parse(text, 0, text.length));
            }
        }
    }

    @Test
    void noOtherDaysAreRead() {
        for (int year : new int[] {0, 1, 4, 100, 400, 1900, 2000, 2023, 2024, 9999}) {
            for (int monthAndDay = 0; monthAndDay < 10_000; monthAndDay++) {
                String text = "%04d-%02d-%02dT12:00:00Z".formatted(year, monthAndDay / 100, monthAndDay % 100);
                assertEquals(oracle(text), parse(text), text);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2024-02-29T23:59:59Z",
                "2024-02-29t20:00:00.123456z",
                "1999-12-31T00:00:00.000000001+09:30",
                "2100-03-01T19:29:09-23:59"
            })
    void eachByteOfATimeMayBeAnyOther(String time) {
        for (int at = 0; at < time.length(); at++) {
            for (char c = 0; c < 256; c++) {
                String text = time.substring(0, at) + c + time.substring(at + 1);
                byte[] bytes = text.getBytes(ISO_8859_1);
                assertEquals(oracle(text), TimeScanner.parse(bytes, 0, bytes.length), text);
            }
        }
    }

    @Test
    void aTimeIsReadFromWithinOtherText() {
        byte[] text = "9999-12-31T23:59:59.999Z".getBytes(US_ASCII);
        for (int from = 0; from <= text.length; from++) {
            for (int to = from; to <= text.length; to++) {
                String part = new String(text, from, to - from, US_ASCII);
                assertEquals(oracle(part), TimeScanner.parse(text, from, to), part);
            }
        }
    }
}
