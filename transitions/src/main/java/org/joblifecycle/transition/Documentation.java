package org.joblifecycle.transition;

import org.joblifecycle.transition.Evidence.Source;

/** The places of Google's API definitions that edges and rules quote, and sentences that are quoted more than once. */
final class Documentation {
    static final Source JOB_STATE_QUEUED = new Source("v1/job_state.proto", "JobState.JOB_STATE_QUEUED");
    static final Source JOB_STATE_CANCELLING = new Source("v1/job_state.proto", "JobState.JOB_STATE_CANCELLING");
    static final Source JOB_STATE_UPDATING = new Source("v1/job_state.proto", "JobState.JOB_STATE_UPDATING");
    static final Source MONITORING_JOB_STATE =
            new Source("v1/model_deployment_monitoring_job.proto", "ModelDeploymentMonitoringJob.state");
    static final Source MODEL_MONITORING_JOB_STATE =
            new Source("v1beta1/model_monitoring_job.proto", "ModelMonitoringJob.state");
    static final Source PAUSE_MONITORING_JOB =
            new Source("v1/job_service.proto", "JobService.PauseModelDeploymentMonitoringJob");
    static final Source CANCEL_TUNING_JOB =
            new Source("v1/genai_tuning_service.proto", "GenAiTuningService.CancelTuningJob");
    static final Source TUNING_JOB_START_TIME = new Source("v1/tuning_job.proto", "TuningJob.start_time");
    static final Source TUNING_JOB_END_TIME = new Source("v1/tuning_job.proto", "TuningJob.end_time");
    static final Source TUNING_JOB_UPDATE_TIME = new Source("v1/tuning_job.proto", "TuningJob.update_time");
    static final Source TUNING_JOB_ERROR = new Source("v1/tuning_job.proto", "TuningJob.error");

    /** What is said of a startTime. */
    static final String FIRST_RUNNING =
            "Time when the TuningJob for the first time entered the `JOB_STATE_RUNNING` state.";

    /** What is said of an endTime. */
    static final String ENTERED_TERMINAL = "Time when the TuningJob entered any of the following JobStates:"
            + " `JOB_STATE_SUCCEEDED`, `JOB_STATE_FAILED`, `JOB_STATE_CANCELLED`, `JOB_STATE_EXPIRED`.";

    private Documentation() {}
}
