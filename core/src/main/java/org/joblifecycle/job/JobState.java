package org.joblifecycle.job;

import static java.util.Objects.requireNonNull;

import io.vavr.control.Option;
import java.util.Arrays;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The state of a Vertex AI job: the twelve values of {@code google.cloud.aiplatform.v1.JobState}.
 *
 * <p>An unknown state, one that is none of these, has no constant. {@link #of(String)} answers nothing for it, never {@link
 * #UNSPECIFIED}.
 */
public enum JobState implements WireEnum {
    // formatter:off
    /** The job state is unspecified. */
    UNSPECIFIED         ( 0, false, "The job state is unspecified."),
    /** The job has been just created or resumed and processing has not yet begun. */
    QUEUED              ( 1, false, "The job has been just created or resumed and processing has not yet begun."),
    /** The service is preparing to run the job. */
    PENDING             ( 2, false, "The service is preparing to run the job."),
    /** The job is in progress. */
    RUNNING             ( 3, false, "The job is in progress."),
    /** The job completed successfully. */
    SUCCEEDED           ( 4, true,  "The job completed successfully."),
    /** The job failed. */
    FAILED              ( 5, true,  "The job failed."),
    /** The job is being cancelled. From this state the job may only go to SUCCEEDED, FAILED or CANCELLED. */
    CANCELLING          ( 6, false, "The job is being cancelled. From this state the job may only go to either `JOB_STATE_SUCCEEDED`, `JOB_STATE_FAILED` or `JOB_STATE_CANCELLED`."),
    /** The job has been cancelled. */
    CANCELLED           ( 7, true,  "The job has been cancelled."),
    /** The job has been stopped, and can be resumed. */
    PAUSED              ( 8, false, "The job has been stopped, and can be resumed."),
    /** The job has expired. */
    EXPIRED             ( 9, true,  "The job has expired."),
    /** The job is being updated. Only a RUNNING job can be; after updating, it goes back to RUNNING. */
    UPDATING            (10, false, "The job is being updated. Only jobs in the `RUNNING` state can be updated. After updating, the job goes back to the `RUNNING` state."),
    /** The job is partially succeeded, some results may be missing due to errors. */
    PARTIALLY_SUCCEEDED (11, true,  "The job is partially succeeded, some results may be missing due to errors.");
    // formatter:on

    private static final Map<String, JobState> BY_WIRE_NAME =
            Arrays.stream(values()).collect(Collectors.toUnmodifiableMap(JobState::wireName, Function.identity()));

    private final int number;
    private final boolean terminal;
    private final String description;
    private final String wireName;

    JobState(int number, boolean terminal, String description) {
        this.number = number;
        this.terminal = terminal;
        this.description = description;
        this.wireName = "JOB_STATE_" + name();
    }

    /** The number of this value in {@code job_state.proto}, 0 to 11. */
    @Override
    public int number() {
        return number;
    }

    /** The name of this value on the wire, such as {@code JOB_STATE_RUNNING}. */
    @Override
    public String wireName() {
        return wireName;
    }

    /** Whether the job is finished: no edge of the lifecycle leaves this state. */
    public boolean isTerminal() {
        return terminal;
    }

    /** Whether a job in this state exists and is not finished: every state but {@link #UNSPECIFIED} and the terminal ones. */
    public boolean isActive() {
        return !terminal && this != UNSPECIFIED;
    }

    /** What {@code job_state.proto} says of this state, word for word. */
    public String description() {
        return description;
    }

    /**
     * The state with this wire name.
     *
     * @param wireName compared exactly, such as {@code JOB_STATE_RUNNING}
     * @return nothing if the state is unknown; {@code getOrNull()} and {@code toJavaOptional()} lead back to the JDK
     */
    public static Option<JobState> of(String wireName) {
        return Option.of(BY_WIRE_NAME.get(requireNonNull(wireName, "wireName")));
    }

    /**
     * The state with this number in {@code job_state.proto}.
     *
     * @return nothing if the number is not 0 to 11; {@code getOrNull()} and {@code toJavaOptional()} lead back to the JDK
     */
    public static Option<JobState> of(int number) {
        for (JobState state : values()) {
            if (state.number == number) {
                return Option.some(state);
            }
        }
        return Option.none();
    }
}
