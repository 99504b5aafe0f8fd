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
 * @param probability with which it happens to such a call, more than 0 and at most 1; drawn from the emulator's seed
 * @param delay how long an answer takes, by the clock of the machine
 * @param answer the error that is answered instead; null for none
 * @param drops whether the connection is closed without an answer
 * @param stale how old the answer of a get or list is: the job as it was so long ago, by the emulator's clock
 * @param operation how long a long-running operation is not done, by the emulator's clock; what it is about has happened already
 * @param state what a get or list shows as the state, such as one that clients do not know yet; null for the state that it is in. Over
 *     gRPC a state that its messages do not have is JOB_STATE_UNSPECIFIED
 */
public record Fault(
        @Nullable Action action,
        @Nullable JobKind kind,
        int times,
        double probability,
        Duration delay,
        @Nullable Code answer,
        boolean drops,
        Duration stale,
        Duration operation,
        @Nullable String state) {
    /** For {@code times}. */
    public static final int ALWAYS = Integer.MAX_VALUE;

    private static final Fault NOTHING =
            new Fault(null, null, ALWAYS, 1, Duration.ZERO, null, false, Duration.ZERO, Duration.ZERO, null);

    /**
     * Checks all of it.
     *
     * @throws IllegalArgumentException if a number or a duration is out of its range; says which
     */
    public Fault {
        requireNonNull(delay, "delay");
        requireNonNull(stale, "stale");
        requireNonNull(operation, "operation");
        if (times < 1) {
            throw new IllegalArgumentException("times is " + times + ": expected at least 1");
        }
        if (!(probability > 0 && probability <= 1)) {
            throw new IllegalArgumentException(
                    "the probability is " + probability + ": expected more than 0, and at most 1");
        }
        if (delay.isNegative() || stale.isNegative() || operation.isNegative()) {
            throw new IllegalArgumentException("delay " + delay + ", stale " + stale + ", operation " + operation
                    + ": expected none that is negative");
        }
    }

    /** Nothing goes wrong yet, always, with all calls. */
    public static Fault onAll() {
        return NOTHING;
    }

    /** Nothing goes wrong yet, with such calls. */
    public static Fault on(Action action) {
        requireNonNull(action, "action");
        return new Fault(action, null, ALWAYS, 1, Duration.ZERO, null, false, Duration.ZERO, Duration.ZERO, null);
    }

    /** Only for jobs of this kind. */
    public Fault kind(JobKind kind) {
        return new Fault(action, kind, times, probability, delay, answer, drops, stale, operation, state);
    }

    /** Only so often, then it is right. */
    public Fault times(int times) {
        return new Fault(action, kind, times, probability, delay, answer, drops, stale, operation, state);
    }

    /** Only now and then. */
    public Fault probability(double probability) {
        return new Fault(action, kind, times, probability, delay, answer, drops, stale, operation, state);
    }

    /** An answer takes so long. */
    public Fault delay(Duration delay) {
        return new Fault(action, kind, times, probability, delay, answer, drops, stale, operation, state);
    }

    /** The answer is this error, and nothing else happens. */
    public Fault answer(Code answer) {
        return new Fault(action, kind, times, probability, delay, answer, drops, stale, operation, state);
    }

    /** The connection is closed without an answer, and nothing else happens. */
    public Fault drop() {
        return new Fault(action, kind, times, probability, delay, answer, true, stale, operation, state);
    }

    /** Get and list answer what was so long ago. */
    public Fault stale(Duration stale) {
        return new Fault(action, kind, times, probability, delay, answer, drops, stale, operation, state);
    }

    /** The long-running operation of a call is done so long afterwards. */
    public Fault operation(Duration operation) {
        return new Fault(action, kind, times, probability, delay, answer, drops, stale, operation, state);
    }

    /** Get and list show this state, such as {@code JOB_STATE_ARCHIVED}. */
    public Fault state(String state) {
        return new Fault(action, kind, times, probability, delay, answer, drops, stale, operation, state);
    }

    /** Whether it is about such calls. */
    public boolean isAbout(Action calledAction, JobKind calledKind) {
        return (action == null || action == calledAction) && (kind == null || kind == calledKind);
    }
}
