package org.joblifecycle.job;

import io.vavr.collection.Map;
import org.jspecify.annotations.Nullable;

/** Hyperparameters of supervised tuning: {@code google.cloud.aiplatform.v1.SupervisedHyperParameters}. */
public final class SupervisedHyperParameters extends Message<SupervisedHyperParameters> {
    private static final MessageType.Builder<SupervisedHyperParameters> FIELDS = new MessageType.Builder<>();

    /** "Number of complete passes the model makes over the entire training dataset during training." */
    public static final Field<SupervisedHyperParameters, Long> EPOCH_COUNT =
            FIELDS.field("epochCount", FieldType.Scalar.INT64);

    /** "Multiplier for adjusting the default learning rate." */
    public static final Field<SupervisedHyperParameters, Double> LEARNING_RATE_MULTIPLIER =
            FIELDS.field("learningRateMultiplier", FieldType.Scalar.DOUBLE);

    /** "Adapter size for tuning." */
    public static final Field<SupervisedHyperParameters, EnumValue<AdapterSize>> ADAPTER_SIZE =
            FIELDS.field("adapterSize", new FieldType.Values<>(AdapterSize.class));

    /** What all have in common. */
    public static final MessageType<SupervisedHyperParameters> TYPE =
            FIELDS.build("SupervisedHyperParameters", SupervisedHyperParameters::new);

    /** One without any field. */
    public static final SupervisedHyperParameters EMPTY = TYPE.empty();

    private SupervisedHyperParameters(Map<String, Object> members) {
        super(members);
    }

    @Override
    public MessageType<SupervisedHyperParameters> type() {
        return TYPE;
    }

    /** The {@link #EPOCH_COUNT}; null if absent. */
    public @Nullable Long epochCount() {
        return get(EPOCH_COUNT);
    }

    /** The {@link #LEARNING_RATE_MULTIPLIER}; null if absent. */
    public @Nullable Double learningRateMultiplier() {
        return get(LEARNING_RATE_MULTIPLIER);
    }

    /** The {@link #ADAPTER_SIZE}; null if absent. */
    public @Nullable EnumValue<AdapterSize> adapterSize() {
        return get(ADAPTER_SIZE);
    }
}
