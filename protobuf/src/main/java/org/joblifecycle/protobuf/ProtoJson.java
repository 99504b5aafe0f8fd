package org.joblifecycle.protobuf;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.protobuf.Any;
import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.MessageOrBuilder;
import com.google.protobuf.Struct;
import com.google.protobuf.TypeRegistry;
import com.google.protobuf.Value;
import com.google.protobuf.util.JsonFormat;
import io.vavr.control.Option;
import java.util.Base64;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.joblifecycle.json.TuningJobJson;
import org.joblifecycle.tuning.RawJson;
import org.joblifecycle.tuning.TuningJob;

/**
 * Messages that this library does not model, from and to JSON: proto3 JSON if that holds all that the message carries; else the
 * bytes of the wire with their type, {@code {"@type": ..., "@bytes": ...}}.
 */
final class ProtoJson {
    private static final String TYPE = "@type";
    private static final String BYTES = "@bytes";
    private static final Pattern ESCAPE = Pattern.compile("\\\\(?:u(\\p{XDigit}{4})|.)");
    private static final String ANY = Any.getDescriptor().getFullName();

    private final JsonFormat.Printer printer;
    private final JsonFormat.Parser parser;

    /**
     * With these types of the messages that stand in an {@link Any}.
     *
     * @param types an Any of another type is kept as bytes
     */
    ProtoJson(TypeRegistry types) {
        this.printer = JsonFormat.printer().usingTypeRegistry(types).omittingInsignificantWhitespace();
        this.parser = JsonFormat.parser().usingTypeRegistry(types);
    }

    /** A message as an object. */
    RawJson print(Message message) {
        return exact(message).getOrElse(() -> printBytes(message));
    }

    /** The value of the only field that a message carries; nothing if JSON does not hold all of it. */
    Option<RawJson> printOnly(Message message) {
        return exact(message)
                .map(object -> new RawJson(onlyValue(object.text())))
                .filter(value -> !value.equals(RawJson.NULL)); // which would be absence
    }

    /** The JSON of a message; nothing if the message that is read from it is another one. */
    private Option<RawJson> exact(Message message) {
        try {
            String json = printer.print(message);
            Message.Builder read = message.newBuilderForType();
            parser.merge(json, read);
            return Option.when(read.build().equals(message), () -> strict(json));
        } catch (InvalidProtocolBufferException | IllegalArgumentException e) {
            return Option.none(); // an unknown type in an Any, a time out of range, not a number in a Struct
        }
    }

    /** A message as an object with its type and its bytes. */
    RawJson printBytes(Message message) {
        try {
            Any any = packed(message);
            return strict(printer.print(Struct.newBuilder()
                    .putFields(TYPE, text(any.getTypeUrl()))
                    .putFields(
                            BYTES,
                            text(Base64.getEncoder()
                                    .encodeToString(any.getValue().toByteArray())))));
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException("a Struct of two strings cannot be printed", e);
        }
    }

    private static Value text(String text) {
        return Value.newBuilder().setStringValue(text).build();
    }

    /** An Any is packed already, unless it could be taken for one that was packed here. */
    private static Any packed(Message message) throws InvalidProtocolBufferException {
        if (isAny(message)) {
            Any any = Any.parseFrom(message.toByteString());
            if (!any.is(Any.class) && any.getUnknownFields().asMap().isEmpty()) {
                return any;
            }
        }
        return Any.pack(message);
    }

    private static boolean isAny(MessageOrBuilder message) {
        return message.getDescriptorForType().getFullName().equals(ANY);
    }

    /**
     * Reads what {@link #print} answers into a builder.
     *
     * @throws InvalidProtocolBufferException if it is no JSON of such a message
     * @throws IllegalArgumentException if it is no JSON at all, or has bytes that are no base64
     */
    void merge(RawJson object, Message.Builder builder) throws InvalidProtocolBufferException {
        String json = strict(object.text()).text();
        Option<Any> bytes = unpacked(json);
        if (bytes.isDefined()) {
            merge(bytes.get(), builder);
        } else {
            parse(json, builder);
        }
    }

    private void parse(String json, Message.Builder builder) throws InvalidProtocolBufferException {
        String unescaped = ESCAPE.matcher(json)
                .replaceAll(escape -> escape.group(1) == null
                        ? " "
                        : Matcher.quoteReplacement(Character.toString(Integer.parseInt(escape.group(1), 16))));
        if (!UTF_8.newEncoder().canEncode(unescaped)) {
            throw new IllegalArgumentException("it has text that UTF-8 cannot encode");
        }
        parser.merge(json, builder);
    }

    /** Reads what {@link #printBytes} answers into a builder, with the exceptions of {@link #merge}. */
    void mergeBytes(RawJson object, Message.Builder builder) throws InvalidProtocolBufferException {
        merge(
                unpacked(strict(object.text()).text())
                        .getOrElseThrow(() ->
                                new InvalidProtocolBufferException("expected an object of " + TYPE + " and " + BYTES)),
                builder);
    }

    private static void merge(Any bytes, Message.Builder builder) throws InvalidProtocolBufferException {
        String type = builder.getDescriptorForType().getFullName();
        if (bytes.getTypeUrl().endsWith("/" + type)) {
            builder.mergeFrom(bytes.getValue());
        } else if (isAny(builder)) {
            builder.mergeFrom(bytes.toByteString());
        } else {
            throw new InvalidProtocolBufferException(
                    "it has the bytes of " + bytes.getTypeUrl() + ": expected those of " + type);
        }
    }

    /** The type and the bytes in an object; nothing if it is any other. */
    private Option<Any> unpacked(String json) {
        Struct.Builder struct = Struct.newBuilder();
        if (json.contains(BYTES)) {
            try {
                parser.merge(json, struct);
            } catch (InvalidProtocolBufferException e) {
                return Option.none(); // such as a number that is too large for a Struct
            }
        }
        return Option.when(
                struct.getFieldsMap().keySet().equals(Set.of(TYPE, BYTES)),
                () -> Any.newBuilder()
                        .setTypeUrl(text(struct, TYPE))
                        .setValue(ByteString.copyFrom(Base64.getDecoder().decode(text(struct, BYTES))))
                        .build());
    }

    private static String text(Struct.Builder struct, String field) {
        return struct.getFieldsOrDefault(field, Value.getDefaultInstance()).getStringValue();
    }

    /**
     * Reads what {@link #printOnly} answers, as the value of this field, into the builder of the message that has it, with the
     * exceptions of {@link #merge}.
     */
    void mergeOnly(String field, RawJson value, Message.Builder builder) throws InvalidProtocolBufferException {
        parse("{\"" + field + "\":" + strict(value.text()).text() + "}", builder);
    }

    /** A JSON value as it is when it was read: on one line, with its escapes. Google's parser alone would accept more than JSON. */
    private static RawJson strict(String json) {
        return new RawJson(onlyValue(TuningJobJson.write(TuningJob.EMPTY.withUnknown("it", new RawJson(json)))));
    }

    /** The value in an object with one member, whose name has no colon. */
    private static String onlyValue(String object) {
        return object.substring(object.indexOf(':') + 1, object.length() - 1);
    }
}
