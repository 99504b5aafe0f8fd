package org.joblifecycle.tuning;

import static java.util.Objects.requireNonNull;

import io.vavr.collection.LinkedHashMap;
import io.vavr.collection.Map;
import io.vavr.collection.Seq;
import io.vavr.collection.Vector;
import io.vavr.control.Option;
import java.util.function.Function;

/**
 * What the messages of one type have in common: their name, their fields and how to make one.
 *
 * @param <M> the message
 */
public final class ApiType<M extends ApiMessage<M>> {
    private final String name;
    private final Seq<ApiField<M, ?>> fields;
    private final Function<Map<String, Object>, M> constructor;

    private ApiType(String name, Seq<ApiField<M, ?>> fields, Function<Map<String, Object>, M> constructor) {
        this.name = name;
        this.fields = fields;
        this.constructor = constructor;
    }

    /** Collects the fields of a type, in their order. */
    static final class Builder<M extends ApiMessage<M>> {
        private Vector<ApiField<M, ?>> fields = Vector.empty();

        /** A field that a message of its own behaves like. */
        <T> ApiField<M, T> field(String wireName, FieldType<T> type) {
            return field(wireName, type, FieldBehavior.OPTIONAL);
        }

        <T> ApiField<M, T> field(String wireName, FieldType<T> type, FieldBehavior behavior) {
            ApiField<M, T> field = new ApiField<>(wireName, type, behavior);
            fields = fields.append(field);
            return field;
        }

        ApiType<M> build(String name, Function<Map<String, Object>, M> constructor) {
            return new ApiType<>(name, fields, constructor);
        }
    }

    /** The name in the API, such as {@code TuningJob}. */
    public String name() {
        return name;
    }

    /** The fields that this library knows, in the order of the reference page. {@code asJava()} leads back to the JDK. */
    public Seq<ApiField<M, ?>> fields() {
        return fields;
    }

    /**
     * The field with this name, as in JSON or as in its {@code .proto} file; nothing if none is known. {@code
     * toJavaOptional()} leads back to the JDK.
     */
    public Option<ApiField<M, ?>> field(String name) {
        requireNonNull(name, "name");
        return fields.find(
                field -> field.wireName().equals(name) || field.protoName().equals(name));
    }

    /** A message without any field. */
    public M empty() {
        return constructor.apply(LinkedHashMap.empty());
    }

    M of(Map<String, Object> members) {
        return constructor.apply(members);
    }

    /** The {@link #name()}. */
    @Override
    public String toString() {
        return name;
    }
}
