package org.joblifecycle.tuning;

import io.vavr.collection.Map;

/** A checkpoint of a tuned model: {@code google.cloud.aiplatform.v1.TunedModelCheckpoint}. */
public final class TunedModelCheckpoint extends ApiMessage<TunedModelCheckpoint> {
    private static final ApiType.Builder<TunedModelCheckpoint> FIELDS = new ApiType.Builder<>();

    /** "The ID of the checkpoint." */
    public static final ApiField<TunedModelCheckpoint, String> CHECKPOINT_ID =
            FIELDS.field("checkpointId", FieldType.Scalar.STRING);

    /** "The epoch of the checkpoint." */
    public static final ApiField<TunedModelCheckpoint, Long> EPOCH = FIELDS.field("epoch", FieldType.Scalar.INT64);

    /** "The step of the checkpoint." */
    public static final ApiField<TunedModelCheckpoint, Long> STEP = FIELDS.field("step", FieldType.Scalar.INT64);

    /**
     * "The Endpoint resource name that the checkpoint is deployed to. Format: {@code
     * projects/{project}/locations/{location}/endpoints/{endpoint}}."
     */
    public static final ApiField<TunedModelCheckpoint, String> ENDPOINT =
            FIELDS.field("endpoint", FieldType.Scalar.STRING);

    /** The type of these messages. */
    public static final ApiType<TunedModelCheckpoint> TYPE =
            FIELDS.build("TunedModelCheckpoint", TunedModelCheckpoint::new);

    /** The message without any field. */
    public static final TunedModelCheckpoint EMPTY = TYPE.empty();

    private TunedModelCheckpoint(Map<String, Object> members) {
        super(members);
    }

    @Override
    public ApiType<TunedModelCheckpoint> type() {
        return TYPE;
    }
}
