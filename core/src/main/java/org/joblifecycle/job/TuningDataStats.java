package org.joblifecycle.job;

import io.vavr.collection.Map;
import org.jspecify.annotations.Nullable;

/** Statistics of the data of a tuning job: {@code google.cloud.aiplatform.v1.TuningDataStats}. */
public final class TuningDataStats extends Message<TuningDataStats> {
    private static final MessageType.Builder<TuningDataStats> FIELDS = new MessageType.Builder<>();

    /** "The SFT Tuning data stats." */
    public static final Field<TuningDataStats, SupervisedTuningDataStats> SUPERVISED_TUNING_DATA_STATS =
            FIELDS.field("supervisedTuningDataStats", new FieldType.Nested<>(SupervisedTuningDataStats.TYPE));

    /** What all have in common. */
    public static final MessageType<TuningDataStats> TYPE = FIELDS.build("TuningDataStats", TuningDataStats::new);

    /** One without any field. */
    public static final TuningDataStats EMPTY = TYPE.empty();

    private TuningDataStats(Map<String, Object> members) {
        super(members);
    }

    @Override
    public MessageType<TuningDataStats> type() {
        return TYPE;
    }

    /** The {@link #SUPERVISED_TUNING_DATA_STATS}; null if absent. */
    public @Nullable SupervisedTuningDataStats supervisedTuningDataStats() {
        return get(SUPERVISED_TUNING_DATA_STATS);
    }
}
