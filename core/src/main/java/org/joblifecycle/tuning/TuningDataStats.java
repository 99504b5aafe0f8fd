package org.joblifecycle.tuning;

import io.vavr.collection.Map;

/** Statistics of the data of a tuning job: {@code google.cloud.aiplatform.v1.TuningDataStats}. */
public final class TuningDataStats extends ApiMessage<TuningDataStats> {
    private static final ApiType.Builder<TuningDataStats> FIELDS = new ApiType.Builder<>();

    /** "The SFT Tuning data stats." */
    public static final ApiField<TuningDataStats, SupervisedTuningDataStats> SUPERVISED_TUNING_DATA_STATS =
            FIELDS.field("supervisedTuningDataStats", new FieldType.Nested<>(SupervisedTuningDataStats.TYPE));

    /** The type of these messages. */
    public static final ApiType<TuningDataStats> TYPE = FIELDS.build("TuningDataStats", TuningDataStats::new);

    /** The message without any field. */
    public static final TuningDataStats EMPTY = TYPE.empty();

    private TuningDataStats(Map<String, Object> members) {
        super(members);
    }

    @Override
    public ApiType<TuningDataStats> type() {
        return TYPE;
    }
}
