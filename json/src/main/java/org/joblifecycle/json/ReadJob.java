package org.joblifecycle.json;

import io.vavr.control.Validation;
import org.joblifecycle.job.JobKind;
import org.joblifecycle.job.JobSnapshot;

/**
 * What the JSON of a job came to.
 *
 * @param kind the kind that the name tells, else the fallback
 * @param job the snapshot, or why it cannot be read
 */
record ReadJob(JobKind kind, Validation<Unreadable, JobSnapshot> job) {

    /** What is not one JSON object of a job. */
    static ReadJob malformed(JobKind fallback, String message) {
        return new ReadJob(
                fallback, Validation.invalid(new Unreadable(Unreadable.Reason.MALFORMED_JSON, null, null, message)));
    }

    /** This job on a line of its own, or as an element of an array that begins on that line. */
    JobLine onLine(long number) {
        return new JobLine(number, kind, job, true);
    }
}
