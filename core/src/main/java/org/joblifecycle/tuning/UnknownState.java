package org.joblifecycle.tuning;

import org.joblifecycle.job.JobState;
import org.joblifecycle.text.Escaped;
import org.jspecify.annotations.Nullable;

/**
 * Why there is no snapshot of a job: its state is missing or unknown. It is never guessed.
 *
 * @param value the state as the job carries it; null if it carries none
 */
public record UnknownState(@Nullable OpenEnum<JobState> value) {
    /** What is wrong, and what was expected: one line. */
    public String message() {
        return value == null
                ? "state is missing: expected a state such as JOB_STATE_RUNNING"
                : "state " + Escaped.quoted(value.toString()) + " is unknown: expected "
                        + JobState.UNSPECIFIED.wireName() + " to " + JobState.PARTIALLY_SUCCEEDED.wireName()
                        + ", or 0 to 11";
    }

    /** The {@link #message()}. */
    @Override
    public String toString() {
        return message();
    }
}
