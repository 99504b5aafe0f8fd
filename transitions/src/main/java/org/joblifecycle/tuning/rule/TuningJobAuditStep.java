package org.joblifecycle.tuning.rule;

import static java.util.Objects.requireNonNull;

import org.joblifecycle.tuning.TuningJob;

/**
 * The answer to one step of the audit of a tuning job's history.
 *
 * @param baseline what the next observation of the job is checked against
 * @param verdict what was found
 */
public record TuningJobAuditStep(TuningJob baseline, TuningJobVerdict verdict) {
    /** Checks that nothing is null. */
    public TuningJobAuditStep {
        requireNonNull(baseline, "baseline");
        requireNonNull(verdict, "verdict");
    }
}
