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

/** Keeps custom jobs in memory, and lets each of them do only what a job may do. Thread-safe. */
public final class Scheduler {
    /** What became of an update. */
    public sealed interface Outcome {
        /** The job is now this. */
        record Stored(JobSnapshot job) implements Outcome {}

        /** Somebody else was first: find the job again and decide anew. */
        record Outdated() implements Outcome {}

        /** A job may not do that, for all these reasons. */
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
        JobSnapshot queued =
                LIFECYCLE.apply(created, JobEvent.ENQUEUE, clock.instant()).get();
        if (name.isEmpty() || jobs.putIfAbsent(name, queued) != null) {
            throw new IllegalArgumentException("a job needs a name of its own: \"" + name + "\"");
        }
        return queued;
    }

    public Optional<JobSnapshot> find(String name) {
        return Optional.ofNullable(jobs.get(name));
    }

    /** Stores the job as proposed, if it may become that and is still as known: of two who know the same, one is late. */
    public Outcome update(JobSnapshot known, JobSnapshot proposed) {
        Seq<Violation> violations = LIFECYCLE.check(known, proposed).violations();
        if (!violations.isEmpty()) {
            return new Outcome.Refused(violations);
        }
        String name = known.name();
        JobSnapshot job = proposed.withName(name); // a proposal may leave the name out
        return name != null && jobs.replace(name, known, job) ? new Outcome.Stored(job) : new Outcome.Outdated();
    }
}
