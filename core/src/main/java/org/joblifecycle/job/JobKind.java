package org.joblifecycle.job;

import static org.joblifecycle.job.JobState.CANCELLED;
import static org.joblifecycle.job.JobState.EXPIRED;
import static org.joblifecycle.job.JobState.FAILED;
import static org.joblifecycle.job.JobState.SUCCEEDED;

import io.vavr.control.Option;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;
import org.joblifecycle.text.ProtoName;
import org.jspecify.annotations.Nullable;

/**
 * The kind of a job: which Vertex AI resource it is, which lifecycle fields that resource has, and what its
 * documentation promises of them. One graph of states serves all kinds.
 */
public enum JobKind {
    // formatter:off
    //                               resource                        times  endTime documented for                          error  code 1
    /** {@code tuning_job.proto}. */
    TUNING_JOB                      ("TuningJob",                    true,  Set.of(SUCCEEDED, FAILED, CANCELLED, EXPIRED),   true,  true),
    /** {@code custom_job.proto}. */
    CUSTOM_JOB                      ("CustomJob",                    true,  Set.of(SUCCEEDED, FAILED, CANCELLED),            true,  true),
    /** {@code hyperparameter_tuning_job.proto}. */
    HYPERPARAMETER_TUNING_JOB       ("HyperparameterTuningJob",      true,  Set.of(SUCCEEDED, FAILED, CANCELLED),            true,  true),
    /** {@code nas_job.proto}. */
    NAS_JOB                         ("NasJob",                       true,  Set.of(SUCCEEDED, FAILED, CANCELLED),            true,  true),
    /** {@code batch_prediction_job.proto}. Cancelling one promises no error code. */
    BATCH_PREDICTION_JOB            ("BatchPredictionJob",           true,  Set.of(SUCCEEDED, FAILED, CANCELLED),            true,  false),
    /** {@code data_labeling_job.proto}. It has neither startTime nor endTime. */
    DATA_LABELING_JOB               ("DataLabelingJob",              false, Set.of(),                                        true,  false),
    /** {@code model_deployment_monitoring_job.proto}. It has neither startTime nor endTime. */
    MODEL_DEPLOYMENT_MONITORING_JOB ("ModelDeploymentMonitoringJob", false, Set.of(),                                        true,  false),
    /** {@code notebook_execution_job.proto}. It has neither startTime nor endTime, and its status is set on success too. */
    NOTEBOOK_EXECUTION_JOB          ("NotebookExecutionJob",         false, Set.of(),                                        false, false);
    // formatter:on

    private final String resource;
    private final String collection;
    private final boolean hasTimes;

    @SuppressWarnings("ImmutableEnumChecker") // unmodifiable, of constants
    private final Set<JobState> endTimeStates;

    private final boolean hasErrorRule;
    private final boolean promisesCancelledCode;

    JobKind(
            String resource,
            boolean hasTimes,
            Set<JobState> endTimeStates,
            boolean hasErrorRule,
            boolean promisesCancelledCode) {
        this.resource = resource;
        this.collection = Character.toLowerCase(resource.charAt(0)) + resource.substring(1) + "s";
        this.hasTimes = hasTimes;
        EnumSet<JobState> states = EnumSet.noneOf(JobState.class);
        states.addAll(endTimeStates);
        this.endTimeStates = Collections.unmodifiableSet(states);
        this.hasErrorRule = hasErrorRule;
        this.promisesCancelledCode = promisesCancelledCode;
    }

    /** The name of the API resource, such as {@code TuningJob}. */
    public String resource() {
        return resource;
    }

    /** The segment that stands before the job's own id in its {@code name}, such as {@code tuningJobs}. */
    public String collection() {
        return collection;
    }

    /** The name of the field that has the jobs of this kind in the answer of a list call, such as {@code tuning_jobs}. */
    public String protoCollection() {
        return ProtoName.of(collection);
    }

    /** Whether the resource has a startTime. */
    public boolean hasStartTime() {
        return hasTimes;
    }

    /** Whether the resource has an endTime. */
    public boolean hasEndTime() {
        return hasTimes;
    }

    /** The states for which the documentation of the resource promises an endTime: none if it has no endTime. */
    public Set<JobState> endTimeStates() {
        return endTimeStates;
    }

    /**
     * Whether the documentation says that the error is "only populated when job's state is {@code JOB_STATE_FAILED} or
     * {@code JOB_STATE_CANCELLED}".
     */
    public boolean hasErrorRule() {
        return hasErrorRule;
    }

    /** Whether the documentation says that a cancelled job carries an error with code 1, {@code CANCELLED}. */
    public boolean promisesCancelledCode() {
        return promisesCancelledCode;
    }

    /**
     * The kind that a job's resource name tells.
     *
     * @param name such as {@code projects/p/locations/l/tuningJobs/7}; its last but one segment is compared exactly
     * @return nothing if there is no name, or if that segment is the collection of no kind; {@code getOrNull()} and {@code
     *     toJavaOptional()} lead back to the JDK
     */
    public static Option<JobKind> of(@Nullable String name) {
        if (name == null) {
            return Option.none();
        }
        int end = name.lastIndexOf('/');
        if (end < 0) {
            return Option.none();
        }
        int begin = name.lastIndexOf('/', end - 1) + 1;
        for (JobKind kind : values()) {
            if (kind.collection.length() == end - begin && name.startsWith(kind.collection, begin)) {
                return Option.some(kind);
            }
        }
        return Option.none();
    }
}
