package org.joblifecycle.emulator.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class EmulatorClockTest {
    private static final Instant NOON = Instant.parse("2026-05-01T12:00:00Z");

    @Test
    void aManualClockStandsStillUntilItIsAdvanced() {
        EmulatorClock clock = EmulatorClock.manual(NOON);
        assertEquals(NOON, clock.instant());
        clock.advance(Duration.ofMillis(1500));
        assertEquals(NOON.plusMillis(1500), clock.instant());
        assertEquals(0, clock.scale());
        clock.advance(Duration.ofNanos(1));
        assertEquals(NOON.plusMillis(1500), clock.instant(), "microseconds, as Vertex AI has");
    }

    @Test
    void aScaledClockGoesForwardFromNow() {
        Instant now = Instant.now();
        EmulatorClock clock = EmulatorClock.scaled(1_000_000);
        Instant first = clock.instant();
        assertFalse(first.isBefore(now));
        while (!clock.instant().isAfter(now.plus(Duration.ofDays(1)))) {
            Thread.onSpinWait(); // a tenth of a second
        }
        clock.advance(Duration.ofDays(365));
        assertFalse(clock.instant().isBefore(now.plus(Duration.ofDays(366))));
    }

    @Test
    void timeDoesNotGoBackNorBeyondWhatJsonCanHave() {
        EmulatorClock clock = EmulatorClock.manual(NOON);
        for (Duration wrong :
                new Duration[] {Duration.ofNanos(-1), Duration.ofDays(3_000_000), Duration.ofSeconds(Long.MAX_VALUE)}) {
            assertThrows(IllegalArgumentException.class, () -> clock.advance(wrong));
            assertEquals(NOON, clock.instant());
        }
        assertThrows(IllegalArgumentException.class, () -> EmulatorClock.scaled(0));
        assertThrows(IllegalArgumentException.class, () -> EmulatorClock.scaled(1_000_001));
    }
}
