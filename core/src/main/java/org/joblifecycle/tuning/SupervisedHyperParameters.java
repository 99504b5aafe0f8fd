package org.joblifecycle.tuning;

import io.vavr.collection.Map;

/** Hyperparameters of supervised tuning: {@code google.cloud.aiplatform.v1.SupervisedHyperParameters}. */
public final class SupervisedHyperParameters extends ApiMessage<SupervisedHyperParameters> {
    private static final ApiType.Builder<SupervisedHyperParameters> FIELDS = new ApiType.Builder<>();

    /** "Number of complete passes the model makes over the entire training dataset during training." */
    public static final ApiField<SupervisedHyperParameters, Long> EPOCH_COUNT =
            FIELDS.field("epochCount", FieldType.Scalar.INT64);

    /** "Multiplier for adjusting the default learning rate." */
    public static final ApiField<SupervisedHyperParameters, Double> LEARNING_RATE_MULTIPLIER =
            FIELDS.field("learningRateMultiplier", FieldType.Scalar.DOUBLE);

    /** "Adapter size for tuning." */
    public static final ApiField<SupervisedHyperParameters, OpenEnum<AdapterSize>> ADAPTER_SIZE =
            FIELDS.field("adapterSize", new FieldType.Values<>(AdapterSize.class));

    /** The type of these messages. */
    public static final ApiType<SupervisedHyperParameters> TYPE =
            FIELDS.build("SupervisedHyperParameters", SupervisedHyperParameters::new);

    /** The message without any field. */
    public static final SupervisedHyperParameters EMPTY = TYPE.empty();

    private SupervisedHyperParameters(Map<String, Object> members) {
        super(members);
    }

    @Override
    public ApiType<SupervisedHyperParameters> type() {
        return TYPE;
    }
}
