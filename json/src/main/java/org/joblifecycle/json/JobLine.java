package org.joblifecycle.json;

import static java.util.Objects.requireNonNull;

import io.vavr.control.Validation;
import org.joblifecycle.job.JobSnapshot;

/**
 * One snapshot of a {@link JobLines} input, with the line it stands on.
 *
 * @param number the line, from 1; blank lines count. For an element of an array the line on which it starts
 * @param job the snapshot, or why it cannot be read
 * @param isElement false only for what is wrong with an array as a whole: it breaks off, or something follows it
 */
public record JobLine(long number, Validation<Unreadable, JobSnapshot> job, boolean isElement) {
    /** Checks that the job is not null. */
    public JobLine {
        requireNonNull(job, "job");
    }
}
