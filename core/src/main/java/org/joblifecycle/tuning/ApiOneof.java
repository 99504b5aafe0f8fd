package org.joblifecycle.tuning;

import static java.util.Objects.requireNonNull;

import io.vavr.Tuple;
import io.vavr.collection.LinkedHashMap;
import io.vavr.collection.Map;
import io.vavr.collection.Seq;
import io.vavr.control.Option;
import org.joblifecycle.text.ProtoName;

/**
 * A {@code oneof} of the API definition: fields of a message of which at most one is set. Unknown fields, which a message keeps
 * as JSON, can be among them.
 *
 * <p>Nothing keeps a message from carrying several: a reader keeps what it reads, and {@code with} sets one field and
 * removes no other.
 *
 * @param <M> the message
 */
public final class ApiOneof<M extends ApiMessage<M>> {
    private final String name;
    private final Seq<String> fields;

    ApiOneof(String name, Seq<String> fields) {
        this.name = name;
        this.fields = fields;
    }

    /** The name in the {@code .proto} file, such as {@code tuning_spec}. */
    public String name() {
        return name;
    }

    /** The names in JSON of its fields, known and unknown. {@code asJava()} leads back to the JDK. */
    public Seq<String> fields() {
        return fields;
    }

    /**
     * The fields of this oneof that a message carries, by their names in JSON, in the order of {@link #fields}. An unknown one
     * is found under either spelling, such as {@code distillationSpec} and {@code distillation_spec}, and counts if it is an
     * object. {@code toJavaMap()} leads back to the JDK.
     */
    public Map<String, Object> in(M message) {
        requireNonNull(message, "message");
        return LinkedHashMap.ofEntries(
                fields.flatMap(field -> value(message, field).map(value -> Tuple.of(field, value))));
    }

    private static Option<Object> value(ApiMessage<?> message, String field) {
        String protoName = ProtoName.of(field);
        return message.members()
                .filter(member -> member._1().equals(field) || member._1().equals(protoName))
                .map(member -> member._2())
                .filter(value -> !(value instanceof RawJson json) || isObject(json))
                .lastOption();
    }

    private static boolean isObject(RawJson json) {
        return json.text().stripLeading().startsWith("{");
    }

    /** The {@link #name()}. */
    @Override
    public String toString() {
        return name;
    }
}
