package org.joblifecycle.testkit;

import java.time.Instant;
import org.joblifecycle.tuning.TuningJob;

/** What a {@link JobSystem} can do. What it does not declare is reported as not tested. */
public enum Capability {
    /** It takes updates, as a scheduler does from its workers: {@link JobSystem#offer}. */
    UPDATE_DRIVEN,
    /** It takes events, as an emulator does: {@link JobSystem#fire}. */
    EVENT_DRIVEN,
    /**
     * It refuses stale writers: those who know an earlier snapshot of the job. That may differ in any field: comparing state and
     * updateTime is not enough, because an amendment need not move either.
     */
    COMPARE_AND_SET,
    /**
     * It names the rule that a refused update or event breaks: {@link Answer#rules}. Of an update, one or more of those that are
     * broken; of an event, the one that {@code JobLifecycle.apply} answers.
     */
    NAMES_BROKEN_RULE,
    /** It may be called by several threads at the same time. */
    CONCURRENT,
    /** An event happens at the time that is given with it, and not at that of the system's own clock. */
    GIVEN_TIME,
    /** An event may carry an error: why the job failed. */
    GIVEN_ERROR,
    /** It lists its jobs: {@link JobSystem#list}. */
    LISTS,
    /**
     * It keeps whole tuning jobs: {@link JobSystem#submit(String, TuningJob, Instant)} and {@link JobSystem#readTuningJob}. Not
     * tested with a lifecycle of another kind of jobs.
     */
    KEEPS_TUNING_JOBS,
    /**
     * It keeps also the fields of a tuning job that this library does not know, byte for byte. Only beside {@link
     * #KEEPS_TUNING_JOBS}.
     */
    KEEPS_UNKNOWN_FIELDS,
    /**
     * Its jobs go on by themselves as its clock goes on, which the suite moves: {@link JobSystem#advance}. Else its clock stands
     * still, so it cannot have {@link #GIVEN_TIME}.
     */
    GOES_ON_BY_ITSELF,
    /**
     * Its clock may be set back, as that of a machine may be: {@link JobSystem#advance} takes negative times too. What happens to
     * a job then is not before what happened to it already. It cannot have {@link #GIVEN_TIME}.
     */
    CLOCK_GOES_BACK
}
