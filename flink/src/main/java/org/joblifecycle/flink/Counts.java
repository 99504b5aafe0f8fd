package org.joblifecycle.flink;

import java.util.Map;
import org.apache.flink.api.common.JobExecutionResult;

/**
 * What an audit counted, besides its findings. They are accumulators of the job: exact where no task failed and was started again.
 *
 * @param snapshots the snapshots that a {@link FileAudit} read, readable or not
 * @param audited the snapshots that were audited
 * @param jobs the jobs that have a snapshot that could be read
 * @param jobsWithoutKind those of them whose name tells no kind
 */
public record Counts(long snapshots, long audited, long jobs, long jobsWithoutKind) {
    static final String SNAPSHOTS = "job-lifecycle.snapshots";
    static final String AUDITED = "job-lifecycle.audited";
    static final String JOBS = "job-lifecycle.jobs";
    static final String JOBS_WITHOUT_KIND = "job-lifecycle.jobs-without-kind";

    /** The counts of a job that has ended. */
    public static Counts of(JobExecutionResult job) {
        return of(job.getAllAccumulatorResults());
    }

    /** The counts of a job so far, from its accumulators. */
    public static Counts of(Map<String, Object> all) {
        return new Counts(count(all, SNAPSHOTS), count(all, AUDITED), count(all, JOBS), count(all, JOBS_WITHOUT_KIND));
    }

    private static long count(Map<String, Object> all, String name) {
        return all.get(name) instanceof Long count ? count : 0;
    }
}
