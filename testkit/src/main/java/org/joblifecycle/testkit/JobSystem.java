package org.joblifecycle.testkit;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Set;
import org.joblifecycle.job.JobError;
import org.joblifecycle.job.JobSnapshot;
import org.joblifecycle.transition.JobEvent;
import org.jspecify.annotations.Nullable;

/**
 * A scheduler or an emulator, as the conformance suite sees it: what a team writes to have its own tested. It keeps jobs
 * and lets them change in one of two ways, or in both: it is offered updates, or events happen to its jobs.
 *
 * <p>A refusal is an {@link Answer}. An exception is never read as one: it fails the test. What was accepted has to be
 * read at once, and nothing may happen to a job that nobody asked for: a system that works on by itself is tested with
 * that part switched off.
 */
public interface JobSystem extends AutoCloseable {
    /** What this system can do: {@link Capability#UPDATE_DRIVEN}, {@link Capability#EVENT_DRIVEN} or both, and more. */
    Set<Capability> capabilities();

    /**
     * Creates a job.
     *
     * @param name a name that no job has yet; a system that gives names itself may ignore it
     * @param now when; a system that has a clock of its own may ignore it
     * @return the job as it is now, with its name
     */
    JobSnapshot submit(String name, Instant now) throws Exception;

    /**
     * The job as it is now.
     *
     * @param name as {@link #submit} answered it
     * @return null if there is no such job
     */
    @Nullable
    JobSnapshot read(String name) throws Exception;

    /**
     * Offers an update, if the system is {@link Capability#UPDATE_DRIVEN}. One that is legal is to be stored as it is,
     * one that is not is to be refused and to change nothing.
     *
     * @param known the job as the writer knows it: as it was read some time before. A system that can
     *     {@link Capability#COMPARE_AND_SET} compares it, any other takes only the name
     * @param proposed the job as it is to be
     */
    default Answer offer(JobSnapshot known, JobSnapshot proposed) throws Exception {
        throw new UnsupportedOperationException("offer: implement it, or do not declare UPDATE_DRIVEN");
    }

    /**
     * Lets an event happen, if the system is {@link Capability#EVENT_DRIVEN}.
     *
     * @param known the job as the caller knows it, as in {@link #offer}
     * @param event what happens
     * @param now when; a system that does not declare {@link Capability#GIVEN_TIME} takes the time of its own clock
     * @param error why the job failed; null if nothing is known
     */
    default Answer fire(JobSnapshot known, JobEvent event, Instant now, @Nullable JobError error) throws Exception {
        throw new UnsupportedOperationException("fire: implement it, or do not declare EVENT_DRIVEN");
    }

    /** The finest that the system tells times apart by, such as MICROS for most databases; seconds or shorter. */
    default ChronoUnit precision() {
        return ChronoUnit.NANOS;
    }

    /** Called when a check is done with this system. Does nothing unless overridden. */
    @Override
    default void close() {}
}
