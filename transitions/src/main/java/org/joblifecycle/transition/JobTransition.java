package org.joblifecycle.transition;

import static java.util.Objects.requireNonNull;
import static org.joblifecycle.job.JobState.CANCELLED;
import static org.joblifecycle.job.JobState.CANCELLING;
import static org.joblifecycle.job.JobState.EXPIRED;
import static org.joblifecycle.job.JobState.FAILED;
import static org.joblifecycle.job.JobState.PARTIALLY_SUCCEEDED;
import static org.joblifecycle.job.JobState.PAUSED;
import static org.joblifecycle.job.JobState.PENDING;
import static org.joblifecycle.job.JobState.QUEUED;
import static org.joblifecycle.job.JobState.RUNNING;
import static org.joblifecycle.job.JobState.SUCCEEDED;
import static org.joblifecycle.job.JobState.UNSPECIFIED;
import static org.joblifecycle.job.JobState.UPDATING;
import static org.joblifecycle.transition.Documentation.CANCEL_TUNING_JOB;
import static org.joblifecycle.transition.Documentation.JOB_STATE_CANCELLING;
import static org.joblifecycle.transition.Documentation.JOB_STATE_QUEUED;
import static org.joblifecycle.transition.Documentation.JOB_STATE_UPDATING;
import static org.joblifecycle.transition.Documentation.MODEL_MONITORING_JOB_STATE;
import static org.joblifecycle.transition.Documentation.MONITORING_JOB_STATE;
import static org.joblifecycle.transition.Documentation.PAUSE_MONITORING_JOB;
import static org.joblifecycle.transition.Evidence.documented;
import static org.joblifecycle.transition.Evidence.inferred;
import static org.joblifecycle.transition.Evidence.observed;
import static org.joblifecycle.transition.JobEvent.CANCEL;
import static org.joblifecycle.transition.JobEvent.CONFIRM_CANCEL;
import static org.joblifecycle.transition.JobEvent.ENQUEUE;
import static org.joblifecycle.transition.JobEvent.EXPIRE;
import static org.joblifecycle.transition.JobEvent.FAIL;
import static org.joblifecycle.transition.JobEvent.FINISH_UPDATE;
import static org.joblifecycle.transition.JobEvent.PAUSE;
import static org.joblifecycle.transition.JobEvent.PREPARE;
import static org.joblifecycle.transition.JobEvent.RESTART;
import static org.joblifecycle.transition.JobEvent.RESUME;
import static org.joblifecycle.transition.JobEvent.START;
import static org.joblifecycle.transition.JobEvent.SUCCEED;
import static org.joblifecycle.transition.JobEvent.SUCCEED_PARTIALLY;
import static org.joblifecycle.transition.JobEvent.UPDATE;

import io.vavr.collection.Array;
import io.vavr.collection.Seq;
import io.vavr.control.Option;
import java.util.EnumMap;
import java.util.Map;
import org.joblifecycle.job.JobState;

/**
 * The graph: one constant an edge, 29 in all, each with the evidence for it. Nothing enters UNSPECIFIED and nothing
 * leaves a terminal state; (source, event) fixes the target, and so does (source, target) the event.
 *
 * <p>Excluded on purpose: QUEUED or PENDING to CANCELLED at once and UPDATING to FAILED or CANCELLING (each is two
 * events at one instant), and RUNNING to QUEUED (no evidence). What follows from the graph as a whole is in
 * {@link JobGraph}.
 */
public enum JobTransition {
    // formatter:off
    //                              source       event              target               evidence
    UNSPECIFIED_TO_QUEUED          (UNSPECIFIED, ENQUEUE,           QUEUED,              documented(JOB_STATE_QUEUED, "The job has been just created or resumed and processing has not yet begun.")),
    UNSPECIFIED_TO_PENDING         (UNSPECIFIED, PREPARE,           PENDING,             documented(MONITORING_JOB_STATE, "When the job is still creating, the state will be 'PENDING'.").note("every recorded create response is PENDING")),
    QUEUED_TO_PENDING              (QUEUED,      PREPARE,           PENDING,             observed("poll logs")),
    QUEUED_TO_RUNNING              (QUEUED,      START,             RUNNING,             inferred("the training documentation goes from QUEUED (\"might remain in the JOB_STATE_QUEUED state for some time\") to RUNNING (\"When all the workers are available\") with no PENDING between; one poll log shows the same")),
    QUEUED_TO_CANCELLING           (QUEUED,      CANCEL,            CANCELLING,          inferred("cancellation is asynchronous and not limited to running jobs")),
    QUEUED_TO_FAILED               (QUEUED,      FAIL,              FAILED,              inferred("as PENDING to FAILED")),
    QUEUED_TO_EXPIRED              (QUEUED,      EXPIRE,            EXPIRED,             inferred("batch jobs expire while waiting")),
    PENDING_TO_QUEUED              (PENDING,     ENQUEUE,           QUEUED,              observed("six recorded custom and hyperparameter tuning jobs answer PENDING to the create call, QUEUED 0.2 to 0.4 s later, and four of them PENDING again 1 to 3 s after creation: the create answer is written before the job enters the queue")),
    PENDING_TO_RUNNING             (PENDING,     START,             RUNNING,             documented(MONITORING_JOB_STATE, "Once the job is successfully created, the state will be 'RUNNING'.")),
    PENDING_TO_CANCELLING          (PENDING,     CANCEL,            CANCELLING,          inferred("as QUEUED to CANCELLING")),
    PENDING_TO_FAILED              (PENDING,     FAIL,              FAILED,              observed("a CustomJob reached FAILED before its container started")),
    PENDING_TO_EXPIRED             (PENDING,     EXPIRE,            EXPIRED,             inferred("as QUEUED to EXPIRED")),
    RUNNING_TO_SUCCEEDED           (RUNNING,     SUCCEED,           SUCCEEDED,           observed("recorded jobs")),
    RUNNING_TO_PARTIALLY_SUCCEEDED (RUNNING,     SUCCEED_PARTIALLY, PARTIALLY_SUCCEEDED, documented(MODEL_MONITORING_JOB_STATE, "Once the job is finished, the state will be one of 'JOB_STATE_FAILED', 'JOB_STATE_SUCCEEDED', 'JOB_STATE_PARTIALLY_SUCCEEDED'.")),
    RUNNING_TO_FAILED              (RUNNING,     FAIL,              FAILED,              observed("recorded jobs")),
    RUNNING_TO_EXPIRED             (RUNNING,     EXPIRE,            EXPIRED,             inferred("TuningJob.endTime names EXPIRED; a running job can outlive its limit")),
    RUNNING_TO_CANCELLING          (RUNNING,     CANCEL,            CANCELLING,          documented(CANCEL_TUNING_JOB, "Starts asynchronous cancellation on the TuningJob.")),
    RUNNING_TO_PAUSED              (RUNNING,     PAUSE,             PAUSED,              documented(PAUSE_MONITORING_JOB, "If the job is running, the server makes a best effort to cancel the job. Will mark ModelDeploymentMonitoringJob.state to 'PAUSED'.")),
    RUNNING_TO_UPDATING            (RUNNING,     UPDATE,            UPDATING,            documented(JOB_STATE_UPDATING, "Only jobs in the `RUNNING` state can be updated.")),
    RUNNING_TO_PENDING             (RUNNING,     RESTART,           PENDING,             inferred("Scheduling.restart_job_on_worker_restart restarts the entire job; startTime is \"for the first time\", so RUNNING can be entered again")),
    UPDATING_TO_RUNNING            (UPDATING,    FINISH_UPDATE,     RUNNING,             documented(JOB_STATE_UPDATING, "After updating, the job goes back to the `RUNNING` state.")),
    PAUSED_TO_QUEUED               (PAUSED,      RESUME,            QUEUED,              documented(JOB_STATE_QUEUED, "The job has been just created or resumed and processing has not yet begun.")),
    PAUSED_TO_RUNNING              (PAUSED,      START,             RUNNING,             documented(MONITORING_JOB_STATE, "Resume the job, the state will return to 'RUNNING'.")),
    PAUSED_TO_CANCELLING           (PAUSED,      CANCEL,            CANCELLING,          inferred("as QUEUED to CANCELLING")),
    PAUSED_TO_FAILED               (PAUSED,      FAIL,              FAILED,              inferred("as PENDING to FAILED")),
    PAUSED_TO_EXPIRED              (PAUSED,      EXPIRE,            EXPIRED,             inferred("as QUEUED to EXPIRED")),
    CANCELLING_TO_SUCCEEDED        (CANCELLING,  SUCCEED,           SUCCEEDED,           documented(JOB_STATE_CANCELLING, "From this state the job may only go to either `JOB_STATE_SUCCEEDED`, `JOB_STATE_FAILED` or `JOB_STATE_CANCELLED`.").note("only a job that has started can succeed")),
    CANCELLING_TO_FAILED           (CANCELLING,  FAIL,              FAILED,              documented(JOB_STATE_CANCELLING, "From this state the job may only go to either `JOB_STATE_SUCCEEDED`, `JOB_STATE_FAILED` or `JOB_STATE_CANCELLED`.")),
    CANCELLING_TO_CANCELLED        (CANCELLING,  CONFIRM_CANCEL,    CANCELLED,           documented(JOB_STATE_CANCELLING, "From this state the job may only go to either `JOB_STATE_SUCCEEDED`, `JOB_STATE_FAILED` or `JOB_STATE_CANCELLED`."));
    // formatter:on

    private static final Map<JobState, Seq<JobTransition>> BY_SOURCE = new EnumMap<>(JobState.class);

    static {
        for (JobState state : JobState.values()) {
            BY_SOURCE.put(state, Array.of(values()).filter(edge -> edge.source == state));
        }
    }

    private final JobState source;
    private final JobEvent event;
    private final JobState target;

    @SuppressWarnings("ImmutableEnumChecker") // a record of immutable values
    private final Evidence evidence;

    JobTransition(JobState source, JobEvent event, JobState target, Evidence evidence) {
        this.source = source;
        this.event = event;
        this.target = target;
        this.evidence = evidence;
    }

    /** The state that the job is in before. */
    public JobState source() {
        return source;
    }

    /** What happens to the job. */
    public JobEvent event() {
        return event;
    }

    /** The state that the job is in after. */
    public JobState target() {
        return target;
    }

    /** Why this edge is there. */
    public Evidence evidence() {
        return evidence;
    }

    /** Whether only a job that has been RUNNING before can take this edge. */
    public boolean needsStart() {
        return this == CANCELLING_TO_SUCCEEDED;
    }

    /**
     * The edges that leave a state, in the order of their declaration; none for a terminal one. {@code asJava()} and {@code
     * toJavaList()} lead back to the JDK.
     */
    public static Seq<JobTransition> from(JobState source) {
        return requireNonNull(BY_SOURCE.get(requireNonNull(source, "source")));
    }

    /**
     * The edge that an event takes from a state; nothing if the state does not permit the event. {@code getOrNull()} and {@code
     * toJavaOptional()} lead back to the JDK.
     */
    public static Option<JobTransition> on(JobState source, JobEvent event) {
        requireNonNull(event, "event");
        return from(source).find(edge -> edge.event == event);
    }

    /**
     * The edge that joins two states; nothing if none does. {@code getOrNull()} and {@code toJavaOptional()} lead back to the
     * JDK.
     */
    public static Option<JobTransition> between(JobState source, JobState target) {
        requireNonNull(target, "target");
        return from(source).find(edge -> edge.target == target);
    }

    /** One line, such as {@code RUNNING -PAUSE-> PAUSED}. */
    @Override
    public String toString() {
        return source + " -" + event + "-> " + target;
    }
}
