package org.joblifecycle.json;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import io.vavr.Tuple2;
import io.vavr.collection.Map;
import io.vavr.collection.Seq;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import org.joblifecycle.tuning.ApiMessage;
import org.joblifecycle.tuning.OpenEnum;
import org.joblifecycle.tuning.RawJson;

/** Writes messages as JSON, as the proto3 mapping says: 64-bit integers as strings, enums by name. */
final class MessageWriter {
    /** Up to here, a double holds every integer exactly. */
    private static final double MOST_EXACT = 1L << 53;

    private final JsonGenerator out;

    MessageWriter(JsonGenerator out) {
        this.out = out;
    }

    void write(ApiMessage<?> message, String path) throws IOException {
        out.writeStartObject();
        for (Tuple2<String, Object> member : message.members()) {
            out.writeFieldName(member._1());
            value(member._2(), path.isEmpty() ? member._1() : path + "." + member._1());
        }
        out.writeEndObject();
    }

    private void value(Object value, String path) throws IOException {
        if (value instanceof ApiMessage<?> message) {
            write(message, path);
        } else if (value instanceof Seq<?> list) {
            out.writeStartArray();
            int index = 0;
            for (Object element : list) {
                value(element, path + "[" + index++ + "]");
            }
            out.writeEndArray();
        } else if (value instanceof Map<?, ?> labels) {
            out.writeStartObject();
            for (Tuple2<?, ?> label : labels) {
                out.writeStringField((String) label._1(), (String) label._2());
            }
            out.writeEndObject();
        } else if (value instanceof RawJson json) {
            raw(json, path);
        } else if (value instanceof Instant time) {
            out.writeString(Rfc3339.format(time)
                    .getOrElseThrow(() -> new DateTimeException(
                            path + " " + time + " lies outside the years 0001 to 9999, which RFC 3339 cannot write")));
        } else if (value instanceof Integer number) {
            out.writeNumber(number);
        } else if (value instanceof Double number) {
            number(number);
        } else if (value instanceof Boolean bool) {
            out.writeBoolean(bool);
        } else if (value instanceof OpenEnum<?> enumValue && enumValue.isNumber()) {
            out.writeNumber(enumValue.toString());
        } else {
            out.writeString(value.toString()); // text, 64-bit integers, names of enums
        }
    }

    private void number(double number) throws IOException {
        boolean isWhole = number == Math.rint(number) && Math.abs(number) <= MOST_EXACT;
        boolean isNegativeZero = number == 0 && 1 / number < 0;
        if (isWhole && !isNegativeZero) {
            out.writeNumber((long) number);
        } else if (Double.isFinite(number)) {
            out.writeNumber(number);
        } else {
            out.writeString(Double.toString(number));
        }
    }

    private void raw(RawJson json, String path) throws IOException {
        try (JsonParser parser = StrictJson.parser(json.text())) {
            try {
                if (parser.nextToken() == null) {
                    throw new IllegalArgumentException(path + " holds nothing: expected one JSON value");
                }
                MessageReader.copy(parser, out);
                if (parser.nextToken() != null) {
                    throw new IllegalArgumentException(path + " holds more than one JSON value");
                }
            } catch (JsonProcessingException e) {
                throw new IllegalArgumentException(path + " holds no JSON value: " + StrictJson.fault(e, parser), e);
            }
        }
    }
}
