package org.joblifecycle.emulator.job;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** The emulator's time: that of the machine, a multiple of it, or one that only moves when it is told to. Thread-safe. */
public final class EmulatorClock implements InstantSource {
    private final long scale;

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
     * @throws IllegalArgumentException if it is less than 1
     */
    public static EmulatorClock scaled(long scale) {
        if (scale < 1) {
            throw new IllegalArgumentException("a clock " + scale + " times as fast: expected at least 1");
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
        return start.plusNanos((System.nanoTime() - startNanos) * scale);
    }

    /** Moves a manual clock forward; any other jumps. */
    synchronized void advance(Duration duration) {
        start = start.plus(duration);
    }
}
