package org.joblifecycle.tuning;

import io.vavr.collection.Map;
import io.vavr.collection.Seq;
import org.jspecify.annotations.Nullable;

/**
 * What a tuning job made: {@code google.cloud.aiplatform.v1.TunedModel}, "the Model Registry Model and Online
 * Prediction Endpoint associated with this TuningJob".
 */
public final class TunedModel extends ApiMessage<TunedModel> {
    private static final ApiType.Builder<TunedModel> FIELDS = new ApiType.Builder<>();

    /**
     * "The resource name of the TunedModel. Format: {@code
     * projects/{project}/locations/{location}/models/{model}@{version_id}}."
     */
    public static final ApiField<TunedModel, String> MODEL = FIELDS.field("model", FieldType.Scalar.STRING);

    /**
     * "A resource name of an Endpoint. Format: {@code projects/{project}/locations/{location}/endpoints/{endpoint}}."
     */
    public static final ApiField<TunedModel, String> ENDPOINT = FIELDS.field("endpoint", FieldType.Scalar.STRING);

    /**
     * "The checkpoints associated with this TunedModel. This field is only populated for tuning jobs that enable
     * intermediate checkpoints."
     */
    public static final ApiField<TunedModel, Seq<TunedModelCheckpoint>> CHECKPOINTS =
            FIELDS.field("checkpoints", new FieldType.Repeated<>(new FieldType.Nested<>(TunedModelCheckpoint.TYPE)));

    /** The type of these messages. */
    public static final ApiType<TunedModel> TYPE = FIELDS.build("TunedModel", TunedModel::new);

    /** The message without any field. */
    public static final TunedModel EMPTY = TYPE.empty();

    private TunedModel(Map<String, Object> members) {
        super(members);
    }

    @Override
    public ApiType<TunedModel> type() {
        return TYPE;
    }

    /** The {@link #MODEL}; null if absent. */
    public @Nullable String model() {
        return get(MODEL);
    }

    /** The {@link #ENDPOINT}; null if absent. */
    public @Nullable String endpoint() {
        return get(ENDPOINT);
    }

    /** The {@link #CHECKPOINTS}; empty if there are none. {@code asJava()} leads back to the JDK. */
    public Seq<TunedModelCheckpoint> checkpoints() {
        return all(CHECKPOINTS);
    }
}
