package org.joblifecycle.json;

import static java.util.Objects.requireNonNull;

import io.vavr.control.Validation;
import org.joblifecycle.job.JobKind;
import org.joblifecycle.job.JobSnapshot;

/**
 * One snapshot of a {@link JobLines} input, with the line on which it stands.
 *
 * @param number the line on which it starts, from 1; blank lines count
 * @param kind the kind that the name of the job tells, found when the line was read. The fallback of the input if the name tells
 *     none, or if no name was read
 * @param job the snapshot, which always has a name; or why it cannot be read
 * @param isElement false only for the place where the input breaks, so that what follows was not read
 */
public record JobLine(long number, JobKind kind, Validation<Unreadable, JobSnapshot> job, boolean isElement) {
    /** Checks that nothing is null. */
    public JobLine {
        requireNonNull(kind, "kind");
        requireNonNull(job, "job");
    }
}
