package org.joblifecycle.store;

import static java.util.Objects.requireNonNull;

import org.joblifecycle.job.JobSnapshot;
import org.jspecify.annotations.Nullable;

/**
 * A job as it is stored. Equal by value: whoever offers a change of it offers it for exactly this.
 *
 * @param job the job, with its name; times have microseconds
 * @param version counts the changes of the job: 1 when it is created
 * @param body the whole resource as text, such as a tuning job's JSON; the store keeps it as it is and never looks into it; null
 *     if there is none
 */
public record StoredJob(
        JobSnapshot job, long version, @Nullable String body) {
    /** Checks that the job is not null. */
    public StoredJob {
        requireNonNull(job, "job");
    }

    /** The name of the job. */
    public String name() {
        return requireNonNull(job.name(), "a job without a name cannot be stored: name");
    }

    StoredJob next(JobSnapshot next, @Nullable String nextBody) {
        return new StoredJob(next, version + 1, nextBody);
    }
}
