package org.joblifecycle.emulator.scenario;

import static java.util.Objects.requireNonNull;

import com.google.rpc.Code;
import java.time.Duration;
import org.joblifecycle.emulator.api.Action;
import org.joblifecycle.job.JobKind;
import org.jspecify.annotations.Nullable;

/**
 * Something that goes wrong with calls, on purpose. Immutable.
 *
 * @param action of which calls; null for all
 * @param kind of jobs of which kind; null for all
 * @param times how often it happens; {@link #ALWAYS} for always
 * @param delay how long an answer takes, by the clock of the machine
 * @param answer the error that is answered instead; null for none
 * @param drops whether the connection is closed without an answer
 * @param stale how old the answer of a get or list is: the job as it was so long ago, by the emulator's clock
 */
public record Fault(
        @Nullable Action action,
        @Nullable JobKind kind,
        int times,
        Duration delay,
        @Nullable Code answer,
        boolean drops,
        Duration stale) {
    /** For {@code times}. */
    public static final int ALWAYS = Integer.MAX_VALUE;

    /** Checks that nothing is null that is not marked so. */
    public Fault {
        requireNonNull(delay, "delay");
        requireNonNull(stale, "stale");
        if (times < 1 || delay.isNegative() || stale.isNegative()) {
            throw new IllegalArgumentException("times is " + times + ", delay " + delay + ", stale " + stale
                    + ": expected at least 1, and nothing negative");
        }
    }

    /** Nothing goes wrong yet, always, with all calls. */
    public static Fault onAll() {
        return new Fault(null, null, ALWAYS, Duration.ZERO, null, false, Duration.ZERO);
    }

    /** Nothing goes wrong yet, with such calls. */
    public static Fault on(Action action) {
        return new Fault(action, null, ALWAYS, Duration.ZERO, null, false, Duration.ZERO);
    }

    /** Only for jobs of this kind. */
    public Fault kind(JobKind kind) {
        return new Fault(action, kind, times, delay, answer, drops, stale);
    }

    /** Only so often, then it is right. */
    public Fault times(int times) {
        return new Fault(action, kind, times, delay, answer, drops, stale);
    }

    /** An answer takes so long. */
    public Fault delay(Duration delay) {
        return new Fault(action, kind, times, delay, answer, drops, stale);
    }

    /** The answer is this error, and nothing else happens. */
    public Fault answer(Code answer) {
        return new Fault(action, kind, times, delay, answer, drops, stale);
    }

    /** The connection is closed without an answer, and nothing else happens. */
    public Fault drop() {
        return new Fault(action, kind, times, delay, answer, true, stale);
    }

    /** Get and list answer what was so long ago. */
    public Fault stale(Duration stale) {
        return new Fault(action, kind, times, delay, answer, drops, stale);
    }

    /** Whether it is about such calls. */
    public boolean isAbout(Action calledAction, JobKind calledKind) {
        return (action == null || action == calledAction) && (kind == null || kind == calledKind);
    }
}
