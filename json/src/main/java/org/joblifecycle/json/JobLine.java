package org.joblifecycle.json;

import static java.util.Objects.requireNonNull;

import io.vavr.control.Validation;
import org.joblifecycle.job.JobKind;
import org.joblifecycle.job.JobSnapshot;

/**
 * One snapshot of a {@link JobLines} input, with the line on which it stands.
 *
 * @param number the line, from 1; blank lines count. For an element of an array, the line on which it starts
 * @param kind the kind that the name of the job tells, found when the line was read. The fallback of the input if the name tells
 *     none, or if no name was read
 * @param job the snapshot, which always has a name; or why it cannot be read
 * @param isElement false only for what is wrong with an array as a whole: it breaks off, or something follows it
 */
public record JobLine(long number, JobKind kind, Validation<Unreadable, JobSnapshot> job, boolean isElement) {
    /** Checks that nothing is null. */
    public JobLine {
        requireNonNull(kind, "kind");
        requireNonNull(job, "job");
    }
}
