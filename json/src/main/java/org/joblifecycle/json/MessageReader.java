package org.joblifecycle.json;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.vavr.Tuple;
import io.vavr.Tuple2;
import io.vavr.collection.LinkedHashMap;
import io.vavr.collection.List;
import io.vavr.collection.Map;
import io.vavr.collection.Seq;
import io.vavr.collection.Vector;
import io.vavr.control.Option;
import java.io.IOException;
import java.io.StringWriter;
import java.time.Instant;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.joblifecycle.job.WireEnum;
import org.joblifecycle.json.JsonValue.Numeral;
import org.joblifecycle.text.Escaped;
import org.joblifecycle.tuning.ApiField;
import org.joblifecycle.tuning.ApiMessage;
import org.joblifecycle.tuning.ApiType;
import org.joblifecycle.tuning.FieldType;
import org.joblifecycle.tuning.FieldType.Scalar;
import org.joblifecycle.tuning.OpenEnum;
import org.joblifecycle.tuning.RawJson;
import org.jspecify.annotations.Nullable;

/**
 * Reads messages from JSON as the proto3 mapping says: names in either spelling, numbers as strings, enums by name or by number. A
 * value of the wrong type is noted as a fault, with its path, and reading goes on. Once there is a fault, what is returned has
 * no meaning.
 */
final class MessageReader {
    /** A 64-bit integer or a number in a string. Like Google's parsers, this allows somewhat more than JSON does. */
    private static final Pattern LENIENT_NUMBER =
            Pattern.compile("[+-]?+(?:[0-9]++(?:\\.[0-9]*+)?+|\\.[0-9]++)(?:[eE][+-]?+[0-9]++)?+");

    private final JsonParser parser;
    private Vector<UnreadableField> faults = Vector.empty();

    MessageReader(JsonParser parser) {
        this.parser = parser;
    }

    /** The faults that were noted so far. */
    Seq<UnreadableField> faults() {
        return faults;
    }

    /** Notes a fault of the text as a whole. */
    void note(String message) {
        faults = faults.append(new UnreadableField("", message));
    }

    /** The value. If it is null, because the current value of the parser has the wrong type, that is noted. */
    private <T> @Nullable T fitting(@Nullable T value, String path, String expected) throws IOException {
        if (value != null) {
            return value;
        }
        String found = switch (parser.currentToken()) {
            case VALUE_STRING -> Escaped.quoted(parser.getText());
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> new Numeral(parser.getText()).toString();
            default -> StrictJson.describe(parser.currentToken());
        };
        parser.skipChildren();
        faults = faults.append(new UnreadableField(path, path + " is " + found + ": expected " + expected));
        return null;
    }

    /**
     * Reads the object at whose start the parser is, and leaves the parser at its end.
     *
     * @param path where the object is; empty for the outermost
     */
    <M extends ApiMessage<M>> M message(ApiType<M> type, String path) throws IOException {
        Members<UnaryOperator<M>> members = new Members<>();
        try {
            while (parser.nextToken() != JsonToken.END_OBJECT) {
                String key = parser.currentName();
                parser.nextToken();
                ApiField<M, ?> field = type.field(key).getOrNull();
                if (field == null) {
                    RawJson value = raw(parser);
                    members.put(key, () -> message -> message.withUnknown(key, value));
                } else {
                    String at = path.isEmpty() ? field.wireName() : path + "." + field.wireName();
                    members.put(field.wireName(), () -> member(field, at));
                }
            }
        } finally {
            faults = faults.appendAll(members.faults());
        }
        M message = type.empty();
        for (UnaryOperator<M> member : members.values()) {
            message = member.apply(message);
        }
        return message;
    }

    /** What sets a member of the message; it sets no value if the member has the wrong type. */
    private <M extends ApiMessage<M>, T> UnaryOperator<M> member(ApiField<M, T> field, String path) throws IOException {
        if (parser.currentToken() == JsonToken.VALUE_NULL) {
            return message -> message.withUnknown(field.wireName(), RawJson.NULL);
        }
        T value = value(field.type(), path);
        return message -> message.with(field, value);
    }

    /** The members of an object. Of a key given twice the last value counts, and the faults of the first are forgotten. */
    private final class Members<T> {
        private final java.util.Map<String, T> values = new java.util.LinkedHashMap<>();
        private final java.util.Map<String, Vector<UnreadableField>> faultsByKey = new java.util.LinkedHashMap<>();

        /** Reads a member. */
        private interface Read<T> {
            T read() throws IOException;
        }

        void put(String key, Read<T> read) throws IOException {
            Vector<UnreadableField> others = faults;
            faults = Vector.empty();
            try {
                values.put(key, read.read());
            } finally {
                faultsByKey.put(key, faults);
                faults = others;
            }
        }

        Iterable<T> values() {
            return values.values();
        }

        Seq<UnreadableField> faults() {
            return Vector.ofAll(faultsByKey.values()).flatMap(each -> each);
        }
    }

    /** The current value of the parser; null if it has the wrong type. */
    @SuppressWarnings("unchecked") // the type of the field says so
    private <T> @Nullable T value(FieldType<T> type, String path) throws IOException {
        if (type instanceof Scalar<T> scalar) {
            return (T) scalar(scalar, path);
        }
        if (type instanceof FieldType.Values<?> values) {
            return (T) enumValue(values, path);
        }
        if (type instanceof FieldType.Nested<?> nested) {
            return (T) nested(nested, path);
        }
        return (T) (type instanceof FieldType.Repeated<?> repeated ? list(repeated.element(), path) : labels(path));
    }

    private @Nullable Object scalar(Scalar<?> type, String path) throws IOException {
        boolean isString = parser.currentToken() == JsonToken.VALUE_STRING;
        if (type == Scalar.STRING) {
            return fitting(isString ? parser.getText() : null, path, "a string");
        }
        if (type == Scalar.OBJECT) {
            boolean isObject = parser.currentToken() == JsonToken.START_OBJECT;
            return fitting(isObject ? raw(parser) : null, path, "an object");
        }
        if (type == Scalar.TIMESTAMP) {
            Instant time = isString
                    ? Rfc3339.parse(parser.getText())
                            .filter(each -> Rfc3339.format(each).isDefined()) // in UTC it may lie in another year
                            .getOrNull()
                    : null;
            return fitting(time, path, "a time (RFC 3339) such as \"2024-05-01T12:00:00.5Z\"");
        }
        if (type == Scalar.BOOL) {
            String text = parser.getText();
            Boolean bool = List.of("true", "false").contains(text) ? Boolean.valueOf(text) : null;
            return fitting(bool, path, "true or false");
        }
        if (type == Scalar.DOUBLE) {
            return fitting(float64(), path, "a number, \"NaN\", \"Infinity\" or \"-Infinity\"");
        }
        return type == Scalar.INT32
                ? fitting(int32(), path, "a 32-bit integer")
                : fitting(int64(), path, "a 64-bit integer, such as \"3\"");
    }

    /** The current value of the parser as JSON writes a number, whether it is a number or a string; null if it is neither. */
    private @Nullable String number() throws IOException {
        JsonToken token = parser.currentToken();
        if (token == JsonToken.VALUE_STRING
                && LENIENT_NUMBER.matcher(parser.getText()).matches()) {
            String text = parser.getText();
            return text.startsWith("+") ? text.substring(1) : text;
        }
        return token.isNumeric() ? parser.getText() : null;
    }

    private @Nullable Integer int32() throws IOException {
        OptionalInt number = parser.currentToken() == JsonToken.VALUE_STRING
                        || parser.currentToken().isNumeric()
                ? WireInteger.parseIfNumber(parser.getText())
                : OptionalInt.empty();
        return number.isPresent() ? number.getAsInt() : null;
    }

    private @Nullable Long int64() throws IOException {
        String text = number();
        OptionalLong number = text == null ? OptionalLong.empty() : WireInteger.parseLong(text);
        return number.isPresent() ? number.getAsLong() : null;
    }

    private @Nullable Double float64() throws IOException {
        String text = number();
        if (text != null) {
            Double number = Double.valueOf(text);
            return number.isInfinite() ? null : number;
        }
        return switch (parser.currentToken() == JsonToken.VALUE_STRING ? parser.getText() : "") {
            case "NaN" -> Double.NaN;
            case "Infinity" -> Double.POSITIVE_INFINITY;
            case "-Infinity" -> Double.NEGATIVE_INFINITY;
            default -> null;
        };
    }

    private <E extends Enum<E> & WireEnum> @Nullable OpenEnum<E> enumValue(FieldType.Values<E> type, String path)
            throws IOException {
        Integer number = parser.currentToken().isNumeric() ? int32() : null;
        OpenEnum<E> value = number == null ? null : type.numbered(number);
        if (parser.currentToken() == JsonToken.VALUE_STRING) {
            value = type.named(parser.getText());
        }
        return fitting(value, path, "a name such as " + type.example() + ", or its number");
    }

    private <M extends ApiMessage<M>> @Nullable M nested(FieldType.Nested<M> type, String path) throws IOException {
        boolean isObject = parser.currentToken() == JsonToken.START_OBJECT;
        return fitting(isObject ? message(type.message(), path) : null, path, "an object");
    }

    private <T> @Nullable Seq<T> list(FieldType<T> element, String path) throws IOException {
        if (parser.currentToken() != JsonToken.START_ARRAY) {
            return fitting(null, path, "an array");
        }
        Vector<T> list = Vector.empty();
        for (int index = 0; parser.nextToken() != JsonToken.END_ARRAY; index++) {
            T value = value(element, path + "[" + index + "]");
            list = value == null ? list : list.append(value);
        }
        return list;
    }

    private @Nullable Map<String, String> labels(String path) throws IOException {
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            return fitting(null, path, "an object");
        }
        Members<Option<Tuple2<String, String>>> labels = new Members<>();
        try {
            while (parser.nextToken() != JsonToken.END_OBJECT) {
                String key = parser.currentName();
                parser.nextToken();
                labels.put(
                        key,
                        () -> Option.of(value(Scalar.STRING, path + "[" + Escaped.quoted(key) + "]"))
                                .map(value -> Tuple.of(key, value)));
            }
        } finally {
            faults = faults.appendAll(labels.faults());
        }
        return LinkedHashMap.ofEntries(Vector.ofAll(labels.values()).flatMap(label -> label));
    }

    /** The current value of the parser, of any type, as it is written but on one line. */
    private static RawJson raw(JsonParser parser) throws IOException {
        StringWriter text = new StringWriter();
        try (JsonGenerator out = StrictJson.generator(text)) {
            copy(parser, out);
        }
        return new RawJson(text.toString());
    }

    /** Copies the current value of the parser, numbers digit by digit, and leaves the parser at its end. */
    static void copy(JsonParser parser, JsonGenerator out) throws IOException {
        int depth = 0;
        while (true) {
            JsonToken token = parser.currentToken();
            if (token.isNumeric()) {
                out.writeNumber(parser.getText());
            } else {
                out.copyCurrentEvent(parser);
            }
            depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
            if (depth == 0 && token != JsonToken.FIELD_NAME) {
                return;
            }
            if (parser.nextToken() == null) {
                throw new IllegalStateException("the parser reported no end");
            }
        }
    }
}
