package org.joblifecycle.flink;

import java.time.Instant;
import org.joblifecycle.job.JobSnapshot;
import org.joblifecycle.job.JobState;

// Snapshots of a tuning job that keep every rule: created at NOON, running a minute later, done after two.
final class Jobs {
    static final Instant NOON = Instant.parse("2024-05-01T12:00:00Z");
    static final Instant STARTED = NOON.plusSeconds(60);
    static final Instant ENDED = NOON.plusSeconds(120);

    private Jobs() {}

    static String name(String id) {
        return "projects/p/locations/l/tuningJobs/" + id;
    }

    static JobSnapshot pending(String id) {
        return JobSnapshot.of(name(id), JobState.PENDING).withCreateTime(NOON).withUpdateTime(NOON);
    }

    static JobSnapshot running(String id) {
        return pending(id).withState(JobState.RUNNING).withStartTime(STARTED).withUpdateTime(STARTED);
    }

    static JobSnapshot succeeded(String id) {
        return running(id).withState(JobState.SUCCEEDED).withEndTime(ENDED).withUpdateTime(ENDED);
    }
}
