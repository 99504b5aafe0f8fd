package org.joblifecycle.tuning.rule;

import org.joblifecycle.transition.Evidence.Source;

/** The places of Google's API definitions that the rules of a tuning job's fields quote, and sentences quoted more than once. */
final class TuningDocumentation {
    static final Source TUNING_JOB_NAME = new Source("v1/tuning_job.proto", "TuningJob.name");
    static final Source TUNING_JOB_DISPLAY_NAME =
            new Source("v1/tuning_job.proto", "TuningJob.tuned_model_display_name");
    static final Source TUNING_JOB_STATE = new Source("v1/tuning_job.proto", "TuningJob.state");
    static final Source TUNING_JOB_LABELS = new Source("v1/tuning_job.proto", "TuningJob.labels");
    static final Source TUNING_JOB_BASE_MODEL = new Source("v1/tuning_job.proto", "TuningJob.base_model");
    static final Source ADAPTER_SIZE = new Source("v1/tuning_job.proto", "SupervisedHyperParameters.AdapterSize");
    static final Source SOURCE_MODEL = new Source("v1/tuning_job.proto", "TuningJob.source_model");
    static final Source TUNING_SPEC = new Source("v1beta1/tuning_job.proto", "TuningJob.tuning_spec");
    static final Source TRAINING_DATASET_URI =
            new Source("v1beta1/tuning_job.proto", "SupervisedTuningSpec.training_dataset_uri");
    static final Source KMS_KEY_NAME = new Source("v1/encryption_spec.proto", "EncryptionSpec.kms_key_name");

    /** What is said of labels. */
    static final String LABELS_SENTENCE =
            "Label keys and values can be no longer than 64 characters (Unicode codepoints), can only contain"
                    + " lowercase letters, numeric characters, underscores and dashes. International characters are allowed.";

    /** What is said of a oneof. */
    static final String ONEOF_NOTE =
            "a sentence stands on the reference pages only: \"At most one of the fields will be set in a response\"";

    private TuningDocumentation() {}
}
