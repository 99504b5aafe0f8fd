package org.joblifecycle.tuning;

import static java.util.Objects.requireNonNull;

import io.vavr.collection.LinkedHashMap;
import io.vavr.collection.Map;
import io.vavr.collection.Seq;
import io.vavr.collection.Vector;
import io.vavr.control.Option;
import java.time.Instant;
import java.util.Arrays;
import java.util.function.Function;
import org.joblifecycle.job.WireEnum;
import org.jspecify.annotations.Nullable;

/**
 * The type of a field: what its values are in Java, and what they are in the JSON of the API. The set is final.
 *
 * @param <T> the type of the values in Java
 */
public sealed interface FieldType<T> {
    /** The value of a field that is absent: null, except that lists and maps are empty then. */
    default @Nullable T absent() {
        return null;
    }

    /**
     * A type without parts. There is one of each.
     *
     * @param <T> the type of the values in Java
     */
    final class Scalar<T> implements FieldType<T> {
        /** Text. */
        public static final Scalar<String> STRING = new Scalar<>("string");
        /** An integer of 32 bits; a number in JSON. */
        public static final Scalar<Integer> INT32 = new Scalar<>("integer");
        /** An integer of 64 bits; a string in JSON. */
        public static final Scalar<Long> INT64 = new Scalar<>("string (int64 format)");
        /** A number; in JSON a string if it is not a number or infinite. */
        public static final Scalar<Double> DOUBLE = new Scalar<>("number");
        /** Yes or no. */
        public static final Scalar<Boolean> BOOL = new Scalar<>("boolean");
        /** An instant with nanoseconds; a string in JSON, RFC 3339. */
        public static final Scalar<Instant> TIMESTAMP = new Scalar<>("string (Timestamp format)");
        /** An object, which is not read. */
        public static final Scalar<RawJson> OBJECT = new Scalar<>("object");

        private final String name;

        private Scalar(String name) {
            this.name = name;
        }

        /** What the reference pages call it. */
        @Override
        public String toString() {
            return name;
        }
    }

    /** The type of a map from text to text. */
    record Labels() implements FieldType<Map<String, String>> {
        @Override
        public Map<String, String> absent() {
            return LinkedHashMap.empty();
        }

        @Override
        public String toString() {
            return "map (key: string, value: string)";
        }
    }

    /**
     * A type that is an enum of the API.
     *
     * @param values the class of the values that are known
     * @param <E> the values that are known
     */
    record Values<E extends Enum<E> & WireEnum>(Class<E> values) implements FieldType<OpenEnum<E>> {
        /** Checks that the class is not null. */
        public Values {
            requireNonNull(values, "values");
        }

        /** The value with this name, known or not. */
        public OpenEnum<E> named(String name) {
            requireNonNull(name, "name");
            return find(value -> value.wireName().equals(name))
                    .map(OpenEnum::of)
                    .getOrElse(() -> OpenEnum.unknown(name));
        }

        /** The value with this number, known or not. */
        public OpenEnum<E> numbered(int number) {
            return find(value -> value.number() == number).map(OpenEnum::of).getOrElse(() -> OpenEnum.unknown(number));
        }

        OpenEnum<E> settled(OpenEnum<?> value) {
            return value.isNumber() ? numbered(Integer.parseInt(value.toString())) : named(value.toString());
        }

        private Option<E> find(Function<E, Boolean> matches) {
            return Option.ofOptional(Arrays.stream(values.getEnumConstants())
                    .filter(matches::apply)
                    .findFirst());
        }

        /** The name of a value that is known, such as {@code JOB_STATE_QUEUED}. */
        public String example() {
            return values.getEnumConstants()[1].wireName();
        }

        @Override
        public String toString() {
            return "enum (" + values.getSimpleName() + ")";
        }
    }

    /**
     * A type that is a message.
     *
     * @param message its type
     * @param <M> the message
     */
    record Nested<M extends ApiMessage<M>>(ApiType<M> message) implements FieldType<M> {
        /** Checks that the message is not null. */
        public Nested {
            requireNonNull(message, "message");
        }

        @Override
        public String toString() {
            return "object (" + message + ")";
        }
    }

    /**
     * A type that is a list.
     *
     * @param element the type of its elements
     * @param <T> the type of the elements in Java
     */
    record Repeated<T>(FieldType<T> element) implements FieldType<Seq<T>> {
        /** Checks that the element is not null. */
        public Repeated {
            requireNonNull(element, "element");
        }

        @Override
        public Seq<T> absent() {
            return Vector.empty();
        }

        @Override
        public String toString() {
            return "array of " + element;
        }
    }
}
