package org.joblifecycle.emulator.job;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;

/**
 * The emulator's time: that of the machine, a multiple of it, or one that only moves when it is told to. It has microseconds, as the
 * times of Vertex AI have. Thread-safe.
 */
public final class EmulatorClock implements InstantSource {
    private final long scale;

    /** The last time that JSON can have. */
    private static final Instant END = Instant.parse("9999-12-31T23:59:59.999999999Z");

    private static final long MOST_SCALE = 1_000_000;

    private final long startNanos = System.nanoTime();
    private Instant start;

    private EmulatorClock(Instant start, long scale) {
        this.start = start;
        this.scale = scale;
    }

    /** The time of the machine. */
    public static EmulatorClock real() {
        return scaled(1);
    }

    /**
     * A clock that starts now and runs so many times as fast.
     *
     * @throws IllegalArgumentException if it is less than 1 or more than a million
     */
    public static EmulatorClock scaled(long scale) {
        if (scale < 1 || scale > MOST_SCALE) {
            throw new IllegalArgumentException("a clock " + scale + " times as fast: expected 1 to " + MOST_SCALE);
        }
        return new EmulatorClock(Instant.now(), scale);
    }

    /** A clock that stands still until it is advanced. */
    public static EmulatorClock manual(Instant start) {
        return new EmulatorClock(requireNonNull(start, "start"), 0);
    }

    /** How many times as fast as the time of the machine it goes; 0 if it stands still. */
    long scale() {
        return scale;
    }

    @Override
    public synchronized Instant instant() {
        Instant now =
                start.plus(Duration.ofNanos(System.nanoTime() - startNanos).multipliedBy(scale));
        return (now.isAfter(END) ? END : now).truncatedTo(ChronoUnit.MICROS);
    }

    /**
     * Moves a manual clock forward; any other jumps.
     *
     * @throws IllegalArgumentException if it is negative, or time would end
     */
    synchronized void advance(Duration duration) {
        Duration most = Duration.between(instant(), END);
        if (duration.isNegative() || duration.compareTo(most) > 0) {
            throw new IllegalArgumentException("the clock cannot be advanced by " + duration
                    + ": expected nothing negative, and at most " + most + ", until the end of the year 9999");
        }
        start = start.plus(duration);
    }
}
