package org.joblifecycle.testkit;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Set;
import org.joblifecycle.job.JobError;
import org.joblifecycle.job.JobField;
import org.joblifecycle.job.JobSnapshot;
import org.joblifecycle.transition.JobEvent;
import org.joblifecycle.tuning.TuningJob;
import org.jspecify.annotations.Nullable;

/**
 * A scheduler or an emulator as the conformance suite calls it: the adapter that a team writes to have its own system tested.
 * The system keeps jobs, and is driven by updates of them, by events, or by both.
 *
 * <p>A refusal is an {@link Answer}. An exception does not count as a refusal: it fails the test. What was accepted can be
 * read at once, and a job changes only when the suite calls: a system that also changes jobs by itself lets the suite move its
 * clock, or is tested with that part switched off.
 */
public interface JobSystem extends AutoCloseable {
    /** What this system can do: at least {@link Capability#UPDATE_DRIVEN} or {@link Capability#EVENT_DRIVEN}. */
    Set<Capability> capabilities();

    /**
     * Creates a job.
     *
     * @param name a system that chooses names itself may ignore it
     * @param now the time of creation; a system that has its own clock may ignore it
     * @return the job as it is now, with its name; null if another job has the name already, for which an exception will do too
     */
    @Nullable
    JobSnapshot submit(String name, Instant now) throws Exception;

    /**
     * The job as it is now.
     *
     * @param name as {@link #submit(String, Instant)} answered it, or the name of no job, maybe one of another kind
     * @return null if there is no such job
     */
    @Nullable
    JobSnapshot read(String name) throws Exception;

    /**
     * Offers an update, if the system is {@link Capability#UPDATE_DRIVEN}. A legal update has to be stored as it is; an illegal
     * one has to be refused and must change nothing.
     *
     * @param known the job as the writer knows it: a snapshot that was read before, or one of a job that there is not, which has
     *     to be refused. A system that can {@link Capability#COMPARE_AND_SET} compares all of it with the job, or the version
     *     that its adapter read with it; any other uses only its name
     * @param proposed the job as it should become
     */
    default Answer offer(JobSnapshot known, JobSnapshot proposed) throws Exception {
        throw new UnsupportedOperationException("offer: implement it, or do not declare UPDATE_DRIVEN");
    }

    /**
     * Fires an event, if the system is {@link Capability#EVENT_DRIVEN}.
     *
     * @param known the job as the caller knows it, as in {@link #offer}
     * @param event what happens
     * @param now the time of the event; a system that does not declare {@link Capability#GIVEN_TIME} uses its own clock
     * @param error why the job failed; null if nothing is known
     */
    default Answer fire(JobSnapshot known, JobEvent event, Instant now, @Nullable JobError error) throws Exception {
        throw new UnsupportedOperationException("fire: implement it, or do not declare EVENT_DRIVEN");
    }

    /**
     * Creates a tuning job with these fields, if the system {@link Capability#KEEPS_TUNING_JOBS}.
     *
     * @param name as in {@link #submit(String, Instant)}
     * @param request what a client sends: no field that is output only
     * @param now as in {@link #submit(String, Instant)}
     * @return the job as it is now, with its name and state
     */
    default TuningJob submit(String name, TuningJob request, Instant now) throws Exception {
        throw new UnsupportedOperationException(
                "submit of a whole tuning job: implement it, or do not declare KEEPS_TUNING_JOBS");
    }

    /**
     * The whole tuning job as it is now, if the system {@link Capability#KEEPS_TUNING_JOBS}.
     *
     * @param name as {@link #submit(String, TuningJob, Instant)} answered it
     * @return null if there is no such job
     */
    default @Nullable TuningJob readTuningJob(String name) throws Exception {
        throw new UnsupportedOperationException("readTuningJob: implement it, or do not declare KEEPS_TUNING_JOBS");
    }

    /** All jobs as they are now, in any order, if the system {@link Capability#LISTS} them. There may be jobs that others submitted. */
    default Iterable<JobSnapshot> list() throws Exception {
        throw new UnsupportedOperationException("list: implement it, or do not declare LISTS");
    }

    /**
     * Moves the clock of the system, if its jobs {@linkplain Capability#GOES_ON_BY_ITSELF go on by themselves} or its {@linkplain
     * Capability#CLOCK_GOES_BACK clock goes back}. What happens to jobs in that time has happened when this returns.
     *
     * @param time negative only if the clock goes back
     */
    default void advance(Duration time) throws Exception {
        throw new UnsupportedOperationException(
                "advance: implement it, or declare neither GOES_ON_BY_ITSELF nor CLOCK_GOES_BACK");
    }

    /** The finest unit in which the system keeps times, such as MICROS for most databases; SECONDS or shorter. */
    default ChronoUnit precision() {
        return ChronoUnit.NANOS;
    }

    /**
     * The finest unit in which the system keeps one of the times, where that differs: SECONDS for startTime and endTime, as Vertex AI
     * has them of some kinds of jobs.
     *
     * @param time createTime, startTime, endTime or updateTime
     */
    default ChronoUnit precision(JobField time) {
        return precision();
    }

    /** Called at the end of each check. Does nothing unless overridden. */
    @Override
    default void close() {}
}
