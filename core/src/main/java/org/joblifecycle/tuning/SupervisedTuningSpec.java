package org.joblifecycle.tuning;

import static java.util.Objects.requireNonNull;

import io.vavr.collection.Map;
import org.jspecify.annotations.Nullable;

/** How a model is tuned: {@code google.cloud.aiplatform.v1.SupervisedTuningSpec}. */
public final class SupervisedTuningSpec extends ApiMessage<SupervisedTuningSpec> {
    private static final ApiType.Builder<SupervisedTuningSpec> FIELDS = new ApiType.Builder<>();

    /**
     * "Training dataset used for tuning. The dataset can be specified as either a Cloud Storage path to a JSONL file or as the
     * resource name of a Vertex Multimodal Dataset."
     */
    public static final ApiField<SupervisedTuningSpec, String> TRAINING_DATASET_URI =
            FIELDS.field("trainingDatasetUri", FieldType.Scalar.STRING);

    /**
     * "Validation dataset used for tuning. The dataset can be specified as either a Cloud Storage path to a JSONL file or as
     * the resource name of a Vertex Multimodal Dataset."
     */
    public static final ApiField<SupervisedTuningSpec, String> VALIDATION_DATASET_URI =
            FIELDS.field("validationDatasetUri", FieldType.Scalar.STRING);

    /** "Hyperparameters for SFT." */
    public static final ApiField<SupervisedTuningSpec, SupervisedHyperParameters> HYPER_PARAMETERS =
            FIELDS.field("hyperParameters", new FieldType.Nested<>(SupervisedHyperParameters.TYPE));

    /** "If set to true, disable intermediate checkpoints for SFT and only the last checkpoint will be exported." */
    public static final ApiField<SupervisedTuningSpec, Boolean> EXPORT_LAST_CHECKPOINT_ONLY =
            FIELDS.field("exportLastCheckpointOnly", FieldType.Scalar.BOOL);

    /** The type of these messages. */
    public static final ApiType<SupervisedTuningSpec> TYPE =
            FIELDS.build("SupervisedTuningSpec", SupervisedTuningSpec::new);

    /** The message without any field. */
    public static final SupervisedTuningSpec EMPTY = TYPE.empty();

    private SupervisedTuningSpec(Map<String, Object> members) {
        super(members);
    }

    /** One with this training dataset, such as {@code gs://bucket/train.jsonl}. */
    public static SupervisedTuningSpec of(String trainingDatasetUri) {
        return EMPTY.with(TRAINING_DATASET_URI, requireNonNull(trainingDatasetUri, "trainingDatasetUri"));
    }

    @Override
    public ApiType<SupervisedTuningSpec> type() {
        return TYPE;
    }

    /** The {@link #TRAINING_DATASET_URI}; null if absent. */
    public @Nullable String trainingDatasetUri() {
        return get(TRAINING_DATASET_URI);
    }

    /** The {@link #VALIDATION_DATASET_URI}; null if absent. */
    public @Nullable String validationDatasetUri() {
        return get(VALIDATION_DATASET_URI);
    }

    /** The {@link #HYPER_PARAMETERS}; null if absent. */
    public @Nullable SupervisedHyperParameters hyperParameters() {
        return get(HYPER_PARAMETERS);
    }

    /** The {@link #EXPORT_LAST_CHECKPOINT_ONLY}; null if absent. */
    public @Nullable Boolean exportLastCheckpointOnly() {
        return get(EXPORT_LAST_CHECKPOINT_ONLY);
    }
}
