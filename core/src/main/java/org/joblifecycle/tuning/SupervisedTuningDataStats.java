package org.joblifecycle.tuning;

import io.vavr.collection.Map;
import io.vavr.collection.Seq;

/** Statistics of the data of supervised tuning: {@code google.cloud.aiplatform.v1.SupervisedTuningDataStats}. */
public final class SupervisedTuningDataStats extends ApiMessage<SupervisedTuningDataStats> {
    private static final ApiType.Builder<SupervisedTuningDataStats> FIELDS = new ApiType.Builder<>();

    /** "Number of examples in the tuning dataset." */
    public static final ApiField<SupervisedTuningDataStats, Long> TUNING_DATASET_EXAMPLE_COUNT =
            FIELDS.field("tuningDatasetExampleCount", FieldType.Scalar.INT64);

    /** "Number of tuning characters in the tuning dataset." */
    public static final ApiField<SupervisedTuningDataStats, Long> TOTAL_TUNING_CHARACTER_COUNT =
            FIELDS.field("totalTuningCharacterCount", FieldType.Scalar.INT64);

    /** "Number of billable characters in the tuning dataset." */
    public static final ApiField<SupervisedTuningDataStats, Long> TOTAL_BILLABLE_CHARACTER_COUNT =
            FIELDS.field("totalBillableCharacterCount", FieldType.Scalar.INT64);

    /** "Number of billable tokens in the tuning dataset." */
    public static final ApiField<SupervisedTuningDataStats, Long> TOTAL_BILLABLE_TOKEN_COUNT =
            FIELDS.field("totalBillableTokenCount", FieldType.Scalar.INT64);

    /** "Number of tuning steps for this Tuning Job." */
    public static final ApiField<SupervisedTuningDataStats, Long> TUNING_STEP_COUNT =
            FIELDS.field("tuningStepCount", FieldType.Scalar.INT64);

    /** "Dataset distributions for the user input tokens." */
    public static final ApiField<SupervisedTuningDataStats, SupervisedTuningDatasetDistribution>
            USER_INPUT_TOKEN_DISTRIBUTION = FIELDS.field(
                    "userInputTokenDistribution", new FieldType.Nested<>(SupervisedTuningDatasetDistribution.TYPE));

    /** "Dataset distributions for the user output tokens." */
    public static final ApiField<SupervisedTuningDataStats, SupervisedTuningDatasetDistribution>
            USER_OUTPUT_TOKEN_DISTRIBUTION = FIELDS.field(
                    "userOutputTokenDistribution", new FieldType.Nested<>(SupervisedTuningDatasetDistribution.TYPE));

    /** "Dataset distributions for the messages per example." */
    public static final ApiField<SupervisedTuningDataStats, SupervisedTuningDatasetDistribution>
            USER_MESSAGE_PER_EXAMPLE_DISTRIBUTION = FIELDS.field(
                    "userMessagePerExampleDistribution",
                    new FieldType.Nested<>(SupervisedTuningDatasetDistribution.TYPE));

    /**
     * "Sample user messages in the training dataset uri." They are {@code Content} messages, which are not read.
     */
    public static final ApiField<SupervisedTuningDataStats, Seq<RawJson>> USER_DATASET_EXAMPLES =
            FIELDS.field("userDatasetExamples", new FieldType.Repeated<>(FieldType.Scalar.OBJECT));

    /** "The number of examples in the dataset that have been dropped." */
    public static final ApiField<SupervisedTuningDataStats, Long> TOTAL_TRUNCATED_EXAMPLE_COUNT =
            FIELDS.field("totalTruncatedExampleCount", FieldType.Scalar.INT64);

    /** "A partial sample of the indices (starting from 1) of the dropped examples." */
    public static final ApiField<SupervisedTuningDataStats, Seq<Long>> TRUNCATED_EXAMPLE_INDICES =
            FIELDS.field("truncatedExampleIndices", new FieldType.Repeated<>(FieldType.Scalar.INT64));

    /** "For each index in {@code truncated_example_indices}, the user-facing reason why the example was dropped." */
    public static final ApiField<SupervisedTuningDataStats, Seq<String>> DROPPED_EXAMPLE_REASONS =
            FIELDS.field("droppedExampleReasons", new FieldType.Repeated<>(FieldType.Scalar.STRING));

    /** The type of these messages. */
    public static final ApiType<SupervisedTuningDataStats> TYPE =
            FIELDS.build("SupervisedTuningDataStats", SupervisedTuningDataStats::new);

    /** The message without any field. */
    public static final SupervisedTuningDataStats EMPTY = TYPE.empty();

    private SupervisedTuningDataStats(Map<String, Object> members) {
        super(members);
    }

    @Override
    public ApiType<SupervisedTuningDataStats> type() {
        return TYPE;
    }
}
