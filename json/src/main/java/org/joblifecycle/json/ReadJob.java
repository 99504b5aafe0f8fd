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
    /** What may stand in a list of jobs. */
    static final String EXPECTED_ELEMENT = "a JSON object";

    /** What is not JSON, or none that may stand there. */
    static ReadJob malformed(JobKind fallback, String message) {
        return unreadable(fallback, Unreadable.Reason.MALFORMED_JSON, message);
    }

    /** What is unreadable as a whole. */
    static ReadJob unreadable(JobKind fallback, Unreadable.Reason reason, String message) {
        return new ReadJob(fallback, Validation.invalid(new Unreadable(reason, null, null, message)));
    }

    /** Whether this is not JSON, or none that may stand there. */
    boolean isMalformed() {
        return job.isInvalid()
                && job.getError().reason() == Unreadable.Reason.MALFORMED_JSON
                && job.getError().field() == null;
    }

    /** This job in an input, where it begins on that line. */
    JobLine onLine(long number) {
        return new JobLine(number, kind, job, true);
    }
}
