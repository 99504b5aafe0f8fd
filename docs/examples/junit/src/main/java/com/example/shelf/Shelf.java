package com.example.shelf;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.joblifecycle.job.JobKind;
import org.joblifecycle.job.JobSnapshot;
import org.joblifecycle.job.JobState;
import org.joblifecycle.transition.JobEvent;
import org.joblifecycle.transition.JobLifecycle;

/** Keeps custom jobs in memory, and takes only legal updates of them. */
public final class Shelf {
    /** The lifecycle of its jobs. */
    public static final JobLifecycle LIFECYCLE = JobLifecycle.authority(JobKind.CUSTOM_JOB);

    private final Map<String, JobSnapshot> jobs = new HashMap<>();

    /** Puts a new job in the queue. */
    public JobSnapshot submit(String name, Instant now) {
        JobSnapshot created = JobSnapshot.of(name, JobState.UNSPECIFIED);
        JobSnapshot queued = LIFECYCLE.applyOrThrow(created, JobEvent.ENQUEUE, now);
        if (jobs.putIfAbsent(name, queued) != null) {
            throw new IllegalArgumentException("there is a job " + name + " already");
        }
        return queued;
    }

    public Optional<JobSnapshot> find(String name) {
        return Optional.ofNullable(jobs.get(name));
    }

    /** Stores the job as proposed, and returns true, if the update is legal. */
    public boolean update(JobSnapshot proposed) {
        JobSnapshot stored = jobs.get(proposed.name());
        return stored != null
                && LIFECYCLE.check(stored, proposed).isLegal()
                && jobs.replace(proposed.name(), stored, proposed);
    }
}
