package org.joblifecycle.tuning;

import io.vavr.collection.Map;
import io.vavr.collection.Seq;
import org.jspecify.annotations.Nullable;

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

    /** What all have in common. */
    public static final ApiType<SupervisedTuningDatasetDistribution> TYPE =
            FIELDS.build("SupervisedTuningDatasetDistribution", SupervisedTuningDatasetDistribution::new);

    /** One without any field. */
    public static final SupervisedTuningDatasetDistribution EMPTY = TYPE.empty();

    private SupervisedTuningDatasetDistribution(Map<String, Object> members) {
        super(members);
    }

    @Override
    public ApiType<SupervisedTuningDatasetDistribution> type() {
        return TYPE;
    }

    /** The {@link #SUM}; null if absent. */
    public @Nullable Long sum() {
        return get(SUM);
    }

    /** The {@link #BILLABLE_SUM}; null if absent. */
    public @Nullable Long billableSum() {
        return get(BILLABLE_SUM);
    }

    /** The {@link #MIN}; null if absent. */
    public @Nullable Double min() {
        return get(MIN);
    }

    /** The {@link #MAX}; null if absent. */
    public @Nullable Double max() {
        return get(MAX);
    }

    /** The {@link #MEAN}; null if absent. */
    public @Nullable Double mean() {
        return get(MEAN);
    }

    /** The {@link #MEDIAN}; null if absent. */
    public @Nullable Double median() {
        return get(MEDIAN);
    }

    /** The {@link #P5}; null if absent. */
    public @Nullable Double p5() {
        return get(P5);
    }

    /** The {@link #P95}; null if absent. */
    public @Nullable Double p95() {
        return get(P95);
    }

    /** The {@link #BUCKETS}; empty if there are none. */
    public Seq<DatasetBucket> buckets() {
        return all(BUCKETS);
    }
}
