package org.joblifecycle.transition;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import org.joblifecycle.job.JobError;
import org.joblifecycle.job.JobSnapshot;
import org.joblifecycle.job.JobState;
import org.jspecify.annotations.Nullable;

/**
 * A job of a simulation, at an instant: time passes, events happen to it, its service writes it. What a history is made
 * with: by a generator of test data, or by an emulator.
 *
 * <p>Immutable, and without a clock of its own: the caller says what time it is. Whatever happens, happens at {@link
 * #time()}, so the snapshots of a job follow one another in time even if the caller's clock goes back.
 *
 * <pre>{@code
 * SimulatedJob job = SimulatedJob.unspecified(JobLifecycle.authority(JobKind.CUSTOM_JOB), name, noon)
 *         .on(JobEvent.ENQUEUE)
 *         .after(Duration.ofMinutes(5))
 *         .on(JobEvent.START);
 * JobSnapshot running = job.snapshot();
 * }</pre>
 *
 * @param lifecycle decides what an event makes of the job; its mode does not matter
 * @param snapshot the job at this instant; it may break a rule
 * @param now what the caller's clock shows
 */
public record SimulatedJob(JobLifecycle lifecycle, JobSnapshot snapshot, Instant now) {
    /** Checks that nothing is null. */
    public SimulatedJob {
        requireNonNull(lifecycle, "lifecycle");
        requireNonNull(snapshot, "snapshot");
        requireNonNull(now, "now");
    }

    /**
     * A job that is UNSPECIFIED and carries nothing but its name.
     *
     * @param name the resource name; null or empty if the job has none yet
     */
    public static SimulatedJob unspecified(JobLifecycle lifecycle, @Nullable String name, Instant now) {
        return new SimulatedJob(lifecycle, JobSnapshot.of(name, JobState.UNSPECIFIED), now);
    }

    /** The time at which the next thing happens: {@link #now()}, or the latest time that the job carries if that is later. */
    public Instant time() {
        return snapshot.notBefore(now);
    }

    /** This job at another time of the caller's clock. */
    public SimulatedJob at(Instant now) {
        return new SimulatedJob(lifecycle, snapshot, now);
    }

    /**
     * This job some time later.
     *
     * @throws java.time.DateTimeException if that is after the last instant
     */
    public SimulatedJob after(Duration pause) {
        return at(now.plus(requireNonNull(pause, "pause")));
    }

    /** This job after an event without an error: the same as {@link #on(JobEvent, JobError)} with null. */
    public SimulatedJob on(JobEvent event) {
        return on(event, null);
    }

    /**
     * This job after an event, which happens at {@link #time()}.
     *
     * @param error why the job failed: only with {@link JobEvent#FAIL}; null if nothing is known
     * @throws IllegalUpdateException if the lifecycle refuses the event; carries the violations
     */
    public SimulatedJob on(JobEvent event, @Nullable JobError error) {
        return with(lifecycle.applyOrThrow(snapshot, event, time(), error));
    }

    /** This job after its service wrote it without a change that the lifecycle reads: updateTime is {@link #time()}. */
    public SimulatedJob touched() {
        return with(snapshot.withUpdateTime(time()));
    }

    /** This job with other fields, at the same time of the caller's clock; whether a rule allows the change is not checked. */
    public SimulatedJob with(JobSnapshot snapshot) {
        return new SimulatedJob(lifecycle, snapshot, now);
    }
}
