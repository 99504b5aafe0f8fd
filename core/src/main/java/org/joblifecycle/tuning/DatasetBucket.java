package org.joblifecycle.tuning;

import io.vavr.collection.Map;

/** A bar of a histogram: {@code google.cloud.aiplatform.v1.SupervisedTuningDatasetDistribution.DatasetBucket}. */
public final class DatasetBucket extends ApiMessage<DatasetBucket> {
    private static final ApiType.Builder<DatasetBucket> FIELDS = new ApiType.Builder<>();

    /** "Number of values in the bucket." */
    public static final ApiField<DatasetBucket, Double> COUNT = FIELDS.field("count", FieldType.Scalar.DOUBLE);

    /** "Left bound of the bucket." */
    public static final ApiField<DatasetBucket, Double> LEFT = FIELDS.field("left", FieldType.Scalar.DOUBLE);

    /** "Right bound of the bucket." */
    public static final ApiField<DatasetBucket, Double> RIGHT = FIELDS.field("right", FieldType.Scalar.DOUBLE);

    /** The type of these messages. */
    public static final ApiType<DatasetBucket> TYPE = FIELDS.build("DatasetBucket", DatasetBucket::new);

    /** The message without any field. */
    public static final DatasetBucket EMPTY = TYPE.empty();

    private DatasetBucket(Map<String, Object> members) {
        super(members);
    }

    @Override
    public ApiType<DatasetBucket> type() {
        return TYPE;
    }
}
