package org.joblifecycle.transition;

import org.joblifecycle.transition.Evidence.Source;

/** The places of Google's API definitions that edges and rules quote. */
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
    static final Source TUNING_JOB_NAME = new Source("v1/tuning_job.proto", "TuningJob.name");
    static final Source TUNING_JOB_DISPLAY_NAME =
            new Source("v1/tuning_job.proto", "TuningJob.tuned_model_display_name");
    static final Source TUNING_JOB_STATE = new Source("v1/tuning_job.proto", "TuningJob.state");
    static final Source TUNING_JOB_LABELS = new Source("v1/tuning_job.proto", "TuningJob.labels");
    static final Source TUNING_JOB_BASE_MODEL = new Source("v1/tuning_job.proto", "TuningJob.base_model");
    static final Source ADAPTER_SIZE = new Source("v1/tuning_job.proto", "SupervisedHyperParameters.AdapterSize");
    static final Source TRAINING_DATASET_URI =
            new Source("v1/tuning_job.proto", "SupervisedTuningSpec.training_dataset_uri");
    static final Source KMS_KEY_NAME = new Source("v1/encryption_spec.proto", "EncryptionSpec.kms_key_name");

    private Documentation() {}
}
