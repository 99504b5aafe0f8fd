package com.example.scheduler;

import io.vavr.collection.Seq;
import java.time.Clock;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.joblifecycle.job.JobKind;
import org.joblifecycle.job.JobSnapshot;
import org.joblifecycle.job.JobState;
import org.joblifecycle.transition.JobEvent;
import org.joblifecycle.transition.JobLifecycle;
import org.joblifecycle.transition.JobTransition;
import org.joblifecycle.transition.Violation;

/** Keeps custom jobs in memory and stores only legal updates of them. Thread-safe. */
public final class Scheduler {
    /** The answer to an update. */
    public sealed interface Outcome {
        /** The update is legal, and this job is stored. */
        record Stored(JobSnapshot job) implements Outcome {}

        /** The stored job is not the one that the sender knows: find it again and decide again. */
        record Outdated() implements Outcome {}

        /** There is no job of this name: it has to be submitted first. */
        record Unknown() implements Outcome {}

        /** The update is illegal, for all these reasons. */
        record Refused(Seq<Violation> violations) implements Outcome {}
    }

    /** The lifecycle of a job that cannot be paused. */
    static final JobLifecycle LIFECYCLE = JobLifecycle.authority(JobKind.CUSTOM_JOB)
            .without(Arrays.stream(JobTransition.values())
                    .filter(edge -> edge.source() == JobState.PAUSED || edge.target() == JobState.PAUSED)
                    .toArray(JobTransition[]::new));

    private final ConcurrentMap<String, JobSnapshot> jobs = new ConcurrentHashMap<>();
    private final Clock clock;

    public Scheduler(Clock clock) {
        this.clock = clock;
    }

    /** Puts a new job in the queue. */
    public JobSnapshot submit(String name) {
        JobSnapshot created = JobSnapshot.of(name, JobState.UNSPECIFIED);
        JobSnapshot queued = LIFECYCLE.applyOrThrow(created, JobEvent.ENQUEUE, clock.instant());
        if (name.isEmpty() || jobs.putIfAbsent(name, queued) != null) {
            throw new IllegalArgumentException("a job needs a name that no other job has: \"" + name + "\"");
        }
        return queued;
    }

    public Optional<JobSnapshot> find(String name) {
        return Optional.ofNullable(jobs.get(name));
    }

    /**
     * Stores the job as proposed, if that is legal and the stored job is still the one that the sender knows. Of two senders
     * who know the same job, one is too late.
     *
     * @param known the job as {@link #find} or {@link #update} answered it
     */
    public Outcome update(JobSnapshot known, JobSnapshot proposed) {
        String name = known.name();
        if (name == null || !jobs.containsKey(name)) {
            return new Outcome.Unknown(); // an update creates no job
        }
        Seq<Violation> violations = LIFECYCLE.check(known, proposed).violations(); // compares the names too
        if (!violations.isEmpty()) {
            return new Outcome.Refused(violations);
        }
        return jobs.replace(name, known, proposed) ? new Outcome.Stored(proposed) : new Outcome.Outdated();
    }
}
