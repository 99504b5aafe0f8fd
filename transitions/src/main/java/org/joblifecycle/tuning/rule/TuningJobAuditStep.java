package org.joblifecycle.tuning.rule;

import static java.util.Objects.requireNonNull;

import org.joblifecycle.tuning.TuningJob;
import org.jspecify.annotations.Nullable;

/**
 * The answer to one step of the audit of a tuning job's history.
 *
 * @param baseline what the next observation of the job is checked against; null as long as none had a known state
 * @param verdict what was found
 */
public record TuningJobAuditStep(@Nullable TuningJob baseline, TuningJobVerdict verdict) {
    /** Checks that the verdict is not null. */
    public TuningJobAuditStep {
        requireNonNull(verdict, "verdict");
    }
}
