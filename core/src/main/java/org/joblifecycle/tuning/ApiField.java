package org.joblifecycle.tuning;

import org.joblifecycle.text.ProtoName;

/**
 * A field of a message of the API.
 *
 * @param <M> the message
 * @param <T> the type of its values
 */
public final class ApiField<M extends ApiMessage<M>, T> {
    private final String wireName;
    private final FieldType<T> type;
    private final FieldBehavior behavior;

    ApiField(String wireName, FieldType<T> type, FieldBehavior behavior) {
        this.wireName = wireName;
        this.type = type;
        this.behavior = behavior;
    }

    /** The name of this field in JSON, such as {@code baseModel}. */
    public String wireName() {
        return wireName;
    }

    /** The name of this field in its {@code .proto} file, which JSON may have too, such as {@code base_model}. */
    public String protoName() {
        return ProtoName.of(wireName);
    }

    /** What its values are. */
    public FieldType<T> type() {
        return type;
    }

    /** Who sets it. */
    public FieldBehavior behavior() {
        return behavior;
    }

    /** The {@link #wireName()}. */
    @Override
    public String toString() {
        return wireName;
    }
}
