package org.joblifecycle.json;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.vavr.control.Option;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class Rfc3339Test {
    @Test
    void aTextIsATimeOrNothing() {
        Instant time = Instant.parse("2024-05-01T10:00:00.5Z");
        assertEquals(Option.some(time), Rfc3339.parse("2024-05-01T12:00:00.5+02:00"));
        assertEquals(Option.none(), Rfc3339.parse("2024-05-01T12:00:00.5+02:00\u0000"));
        assertEquals(Option.none(), Rfc3339.parse("２０２４-05-01T12:00:00Z"));
        assertEquals(Option.none(), Rfc3339.parse(""));
    }

    @Test
    void aTimeIsWrittenWithThreeDigitsAtATime() {
        assertEquals("2024-05-01T12:00:00Z", format("2024-05-01T12:00:00Z"));
        assertEquals("2024-05-01T00:00:00Z", format("2024-05-01T00:00:00Z"));
        assertEquals("2024-05-01T12:00:00.500Z", format("2024-05-01T12:00:00.5Z"));
        assertEquals("2024-05-01T12:00:00.000100Z", format("2024-05-01T12:00:00.0001Z"));
        assertEquals("2024-05-01T12:00:00.000000100Z", format("2024-05-01T12:00:00.0000001Z"));
    }

    @Test
    void onlyTheYears1To9999CanBeWritten() {
        Instant first = Instant.parse("0001-01-01T00:00:00Z");
        Instant last = Instant.parse("9999-12-31T23:59:59.999999999Z");
        assertEquals(Option.some("0001-01-01T00:00:00Z"), Rfc3339.format(first));
        assertEquals(Option.some("9999-12-31T23:59:59.999999999Z"), Rfc3339.format(last));
        assertEquals(Option.none(), Rfc3339.format(first.minusNanos(1)));
        assertEquals(Option.none(), Rfc3339.format(last.plusNanos(1)));
        assertEquals(Option.none(), Rfc3339.format(Instant.MIN));
        assertEquals(Option.none(), Rfc3339.format(Instant.MAX));
    }

    private static String format(String instant) {
        return Rfc3339.format(Instant.parse(instant)).get();
    }
}
