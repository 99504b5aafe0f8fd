package org.joblifecycle.tuning;

import static java.util.Objects.requireNonNull;

import io.vavr.Tuple;
import io.vavr.Tuple2;
import io.vavr.collection.LinkedHashMap;
import io.vavr.collection.Map;
import io.vavr.collection.Seq;
import io.vavr.collection.Vector;
import org.joblifecycle.text.Escaped;
import org.jspecify.annotations.Nullable;

/**
 * A message of the API as an immutable value: its fields, typed as they are documented, and whatever else came with them.
 * What was read is there when it is written again: fields that this library does not know, in their place among the
 * others, and a null that was written out.
 *
 * <p>Two messages are equal if they have the same values in the same fields, unknown ones included, which are compared as
 * text. The order of the fields does not count, and a null that was written out is as good as none. An absent field is not
 * an empty one.
 *
 * @param <M> the type of the message itself
 */
public abstract sealed class ApiMessage<M extends ApiMessage<M>>
        permits DatasetBucket,
                EncryptionSpec,
                RpcStatus,
                SupervisedHyperParameters,
                SupervisedTuningDataStats,
                SupervisedTuningDatasetDistribution,
                SupervisedTuningSpec,
                TunedModel,
                TunedModelCheckpoint,
                TuningDataStats,
                TuningJob {
    /** What the message carries, by name on the wire: of a field its value or {@link RawJson#NULL}, else {@link RawJson}. */
    private final Map<String, Object> members;

    ApiMessage(Map<String, Object> members) {
        this.members = members;
    }

    /** What messages like this one have in common. */
    public abstract ApiType<M> type();

    /**
     * The value of a field; if the message does not carry it, null, or the empty one of a list or a map.
     *
     * @param <T> the type of its values
     */
    @SuppressWarnings("unchecked") // with() puts in nothing else
    public final <T> @Nullable T get(ApiField<M, T> field) {
        Object value = members.get(requireNonNull(field, "field").wireName()).getOrNull();
        return value == null || value == RawJson.NULL ? field.type().absent() : (T) value;
    }

    /**
     * The elements of a field that is a list, in their order; empty, never null, if the message does not carry it. {@code
     * asJava()} leads back to the JDK.
     *
     * @param <E> the type of the elements
     */
    public final <E> Seq<E> all(ApiField<M, Seq<E>> field) {
        return requireNonNull(get(field));
    }

    /** Whether the message carries this field; it does if the field is empty, and does not if it is null. */
    public final boolean has(ApiField<M, ?> field) {
        return members.get(requireNonNull(field, "field").wireName()).exists(value -> value != RawJson.NULL);
    }

    /**
     * This message with another value in a field, which stays where it is among the others, or else comes last.
     *
     * @param value null removes the field
     * @param <T> the type of its values
     */
    public final <T> M with(ApiField<M, T> field, @Nullable T value) {
        String name = requireNonNull(field, "field").wireName();
        return type().of(value == null ? members.remove(name) : members.put(name, settled(field, value)));
    }

    /** The value in the one form in which it is kept: evaluated, in its own order, and no known value taken for an unknown. */
    private static Object settled(ApiField<?, ?> field, Object value) {
        if (value instanceof Seq<?> list) {
            list.forEach(element -> requireNonNull(element, field.wireName()));
            return Vector.ofAll(list);
        }
        if (value instanceof Map<?, ?> map) {
            map.forEach((key, each) -> requireNonNull(key, field.wireName()));
            map.forEach((key, each) -> requireNonNull(each, field.wireName()));
            return LinkedHashMap.ofEntries(map);
        }
        return value instanceof OpenEnum<?> each && field.type() instanceof FieldType.Values<?> values
                ? values.settled(each)
                : value;
    }

    /**
     * This message with a field that this library does not know, or with a null that is written out.
     *
     * @param value null removes the field
     * @throws IllegalArgumentException for a field that is known and a value other than null
     */
    public final M withUnknown(String name, @Nullable RawJson value) {
        boolean isNull = value == null || value.equals(RawJson.NULL);
        String key = type().field(name)
                .map(field -> {
                    if (!isNull) {
                        throw new IllegalArgumentException(
                                name + " is a known field of " + type() + ": expected its value in with(...)");
                    }
                    return field.wireName();
                })
                .getOrElse(name);
        return type().of(value == null ? members.remove(key) : members.put(key, isNull ? RawJson.NULL : value));
    }

    /** The fields that this library does not know, by their names in JSON, in their order. */
    public final Map<String, RawJson> unknown() {
        return members.filterKeys(name -> type().field(name).isEmpty()).mapValues(RawJson.class::cast);
    }

    /**
     * All that is written of this message, in its order: names in JSON, with the value of a field, or {@link RawJson} for a
     * null that is written out and for a field that is not known.
     */
    public final Seq<Tuple2<String, Object>> members() {
        return members.map(member -> Tuple.of(member._1(), member._2()));
    }

    private Map<String, Object> present() {
        return members.filterValues(value -> value != RawJson.NULL);
    }

    @Override
    public final boolean equals(@Nullable Object other) {
        return this == other
                || (other instanceof ApiMessage<?> that
                        && type() == that.type()
                        && present().equals(that.present()));
    }

    @Override
    public final int hashCode() {
        return present().hashCode();
    }

    /** The fields that the message carries, such as {@code EncryptionSpec[kmsKeyName=...]}. */
    @Override
    public final String toString() {
        return type()
                + present()
                        .map(member -> member._1() + "=" + Escaped.line(String.valueOf(member._2())))
                        .mkString("[", ", ", "]");
    }
}
