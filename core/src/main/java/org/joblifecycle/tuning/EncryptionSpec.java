package org.joblifecycle.tuning;

import static java.util.Objects.requireNonNull;

import io.vavr.collection.Map;
import org.jspecify.annotations.Nullable;

/** A customer-managed encryption key: {@code google.cloud.aiplatform.v1.EncryptionSpec}. */
public final class EncryptionSpec extends ApiMessage<EncryptionSpec> {
    private static final ApiType.Builder<EncryptionSpec> FIELDS = new ApiType.Builder<>();

    /**
     * "The Cloud KMS resource identifier of the customer managed encryption key used to protect a resource. Has the
     * form: {@code projects/my-project/locations/my-region/keyRings/my-kr/cryptoKeys/my-key}."
     */
    public static final ApiField<EncryptionSpec, String> KMS_KEY_NAME =
            FIELDS.field("kmsKeyName", FieldType.Scalar.STRING);

    /** The type of these messages. */
    public static final ApiType<EncryptionSpec> TYPE = FIELDS.build("EncryptionSpec", EncryptionSpec::new);

    /** The message without any field. */
    public static final EncryptionSpec EMPTY = TYPE.empty();

    private EncryptionSpec(Map<String, Object> members) {
        super(members);
    }

    /** One that names this key. */
    public static EncryptionSpec of(String kmsKeyName) {
        return EMPTY.with(KMS_KEY_NAME, requireNonNull(kmsKeyName, "kmsKeyName"));
    }

    @Override
    public ApiType<EncryptionSpec> type() {
        return TYPE;
    }

    /** The {@link #KMS_KEY_NAME}; null if absent. */
    public @Nullable String kmsKeyName() {
        return get(KMS_KEY_NAME);
    }
}
