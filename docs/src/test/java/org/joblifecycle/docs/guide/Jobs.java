package org.joblifecycle.docs.guide;

import java.time.Instant;
import org.joblifecycle.job.JobSnapshot;
import org.joblifecycle.job.JobState;

/** The jobs that the examples are run with. */
final class Jobs {
    static final Instant NOON = Instant.parse("2026-05-01T12:00:00Z");
    static final String TUNING_JOB = "projects/p/locations/l/tuningJobs/7";
    static final String CUSTOM_JOB = "projects/p/locations/l/customJobs/8";

    private Jobs() {}

    static JobSnapshot pending(String name) {
        return JobSnapshot.of(name, JobState.PENDING).withCreateTime(NOON).withUpdateTime(NOON);
    }

    static JobSnapshot running(String name) {
        Instant start = NOON.plusSeconds(60);
        return pending(name).withState(JobState.RUNNING).withStartTime(start).withUpdateTime(start);
    }

    static JobSnapshot succeeded(String name) {
        Instant end = NOON.plusSeconds(3600);
        return running(name).withState(JobState.SUCCEEDED).withEndTime(end).withUpdateTime(end);
    }
}
