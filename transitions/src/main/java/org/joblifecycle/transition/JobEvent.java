package org.joblifecycle.transition;

/** What happens to a job. An event and the state it meets fix the next state: see {@link JobTransition}. */
public enum JobEvent {
    /** The job enters the queue, as it is created or just after, and waits its turn. */
    ENQUEUE,
    /** The service begins to prepare the job. */
    PREPARE,
    /** The job begins, or begins again, to run. */
    START,
    /** The job did what it was to do. */
    SUCCEED,
    /** The job did a part of what it was to do; some results may be missing due to errors. */
    SUCCEED_PARTIALLY,
    /** The job failed. */
    FAIL,
    /** The job outlived a limit. */
    EXPIRE,
    /** Somebody asks for the job to be cancelled. */
    CANCEL,
    /** The cancellation that was asked for is done. */
    CONFIRM_CANCEL,
    /** The job is stopped and can be resumed. */
    PAUSE,
    /** The paused job is put in the queue again. */
    RESUME,
    /** The running job is being updated. */
    UPDATE,
    /** The update is done. */
    FINISH_UPDATE,
    /** The running job is started anew as a whole. */
    RESTART
}
