package org.joblifecycle.transition;

import static java.util.Objects.requireNonNull;

import org.joblifecycle.job.JobSnapshot;

/**
 * The answer to one step of the audit of a job's history.
 *
 * @param baseline what the next snapshot of the job is checked against; {@link JobLifecycle#audit} says which that is
 * @param verdict what was found
 */
public record AuditStep(JobSnapshot baseline, Verdict verdict) {
    /** Checks that nothing is null. */
    public AuditStep {
        requireNonNull(baseline, "baseline");
        requireNonNull(verdict, "verdict");
    }
}
