package org.joblifecycle.tuning;

import io.vavr.collection.Map;
import io.vavr.collection.Seq;

/**
 * How numbers are spread over the examples of a dataset: {@code
 * google.cloud.aiplatform.v1.SupervisedTuningDatasetDistribution}.
 */
public final class SupervisedTuningDatasetDistribution extends ApiMessage<SupervisedTuningDatasetDistribution> {
    private static final ApiType.Builder<SupervisedTuningDatasetDistribution> FIELDS = new ApiType.Builder<>();

    /** "Sum of a given population of values." */
    public static final ApiField<SupervisedTuningDatasetDistribution, Long> SUM =
            FIELDS.field("sum", FieldType.Scalar.INT64);

    /** "Sum of a given population of values that are billable." */
    public static final ApiField<SupervisedTuningDatasetDistribution, Long> BILLABLE_SUM =
            FIELDS.field("billableSum", FieldType.Scalar.INT64);

    /** "The minimum of the population values." */
    public static final ApiField<SupervisedTuningDatasetDistribution, Double> MIN =
            FIELDS.field("min", FieldType.Scalar.DOUBLE);

    /** "The maximum of the population values." */
    public static final ApiField<SupervisedTuningDatasetDistribution, Double> MAX =
            FIELDS.field("max", FieldType.Scalar.DOUBLE);

    /** "The arithmetic mean of the values in the population." */
    public static final ApiField<SupervisedTuningDatasetDistribution, Double> MEAN =
            FIELDS.field("mean", FieldType.Scalar.DOUBLE);

    /** "The median of the values in the population." */
    public static final ApiField<SupervisedTuningDatasetDistribution, Double> MEDIAN =
            FIELDS.field("median", FieldType.Scalar.DOUBLE);

    /** "The 5th percentile of the values in the population." */
    public static final ApiField<SupervisedTuningDatasetDistribution, Double> P5 =
            FIELDS.field("p5", FieldType.Scalar.DOUBLE);

    /** "The 95th percentile of the values in the population." */
    public static final ApiField<SupervisedTuningDatasetDistribution, Double> P95 =
            FIELDS.field("p95", FieldType.Scalar.DOUBLE);

    /** "Defines the histogram bucket." */
    public static final ApiField<SupervisedTuningDatasetDistribution, Seq<DatasetBucket>> BUCKETS =
            FIELDS.field("buckets", new FieldType.Repeated<>(new FieldType.Nested<>(DatasetBucket.TYPE)));

    /** The type of these messages. */
    public static final ApiType<SupervisedTuningDatasetDistribution> TYPE =
            FIELDS.build("SupervisedTuningDatasetDistribution", SupervisedTuningDatasetDistribution::new);

    /** The message without any field. */
    public static final SupervisedTuningDatasetDistribution EMPTY = TYPE.empty();

    private SupervisedTuningDatasetDistribution(Map<String, Object> members) {
        super(members);
    }

    @Override
    public ApiType<SupervisedTuningDatasetDistribution> type() {
        return TYPE;
    }
}
