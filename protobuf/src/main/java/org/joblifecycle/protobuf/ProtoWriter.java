package org.joblifecycle.protobuf;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.protobuf.Descriptors.EnumDescriptor;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.OneofDescriptor;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import io.vavr.Tuple2;
import io.vavr.collection.Map;
import io.vavr.collection.Seq;
import io.vavr.collection.Vector;
import java.time.Instant;
import org.joblifecycle.text.Escaped;
import org.joblifecycle.tuning.ApiMessage;
import org.joblifecycle.tuning.OpenEnum;
import org.joblifecycle.tuning.RawJson;
import org.jspecify.annotations.Nullable;

/**
 * Writes messages of core into builders of Google's. What the message that is built has no place for is noted as a fault, with
 * its path, and writing goes on. Once there is a fault, what is built has no meaning.
 */
final class ProtoWriter {
    private final ProtoJson json;
    private Vector<UnwritableField> faults = Vector.empty();

    ProtoWriter(ProtoJson json) {
        this.json = json;
    }

    /** The faults that were noted so far. */
    Seq<UnwritableField> faults() {
        return faults;
    }

    private void note(String path, String message) {
        faults = faults.append(new UnwritableField(path, Escaped.line(path) + " " + message));
    }

    /**
     * Writes a message.
     *
     * @param path where it is; empty for the outermost
     */
    void message(ApiMessage<?> message, Message.Builder builder, String path) {
        for (Tuple2<String, Object> member : message.members()) {
            String name = member._1();
            String at = path.isEmpty() ? name : path + "." + name;
            if (member._2() == RawJson.NULL) {
                continue;
            }
            if (name.equals(ProtoReader.REST)) {
                rest(message, (RawJson) member._2(), builder, at);
                continue;
            }
            FieldDescriptor field = field(builder, name);
            if (field == null) {
                note(at, "cannot be written: " + builder.getDescriptorForType().getFullName() + " has no such field");
            } else if (isFree(field, builder, at)) {
                member(field, member._2(), builder, at);
            }
        }
    }

    /** The field with this name, as in JSON or as in its definition; null if the message has none. */
    private static @Nullable FieldDescriptor field(Message.Builder builder, String name) {
        for (FieldDescriptor field : builder.getDescriptorForType().getFields()) {
            if (field.getJsonName().equals(name) || field.getName().equals(name)) {
                return field;
            }
        }
        return null;
    }

    /** Whether a field can be set: neither it nor another one of its oneof is. If one is, that is noted. */
    private boolean isFree(FieldDescriptor field, Message.Builder builder, String path) {
        OneofDescriptor oneof = field.getContainingOneof();
        FieldDescriptor set = oneof == null ? null : builder.getOneofFieldDescriptor(oneof);
        if (set != null && set != field) {
            note(path, "cannot be written beside " + set.getJsonName() + ": a message has one of them");
            return false;
        }
        if (field.isRepeated() ? builder.getRepeatedFieldCount(field) > 0 : builder.hasField(field)) {
            note(path, "is given twice");
            return false;
        }
        return true;
    }

    /** Writes what {@link ProtoReader#REST} holds: fields that core does not know, so that no field is hidden in it. */
    private void rest(ApiMessage<?> message, RawJson value, Message.Builder builder, String path) {
        Message.Builder rest = builder.getDefaultInstanceForType().newBuilderForType();
        merge(() -> json.mergeBytes(value, rest), path);
        rest.getAllFields().forEach((field, each) -> {
            if (message.type().field(field.getName()).isDefined()) {
                note(path, "has a " + field.getJsonName() + ": expected only fields that are not known");
            } else if (isFree(field, builder, path)) {
                builder.setField(field, each);
            }
        });
        builder.mergeUnknownFields(rest.getUnknownFields());
    }

    /** Reads JSON. */
    private interface Merge {
        void run() throws InvalidProtocolBufferException;
    }

    private void merge(Merge merge, String path) {
        try {
            merge.run();
        } catch (InvalidProtocolBufferException | IllegalArgumentException e) {
            note(path, "cannot be written: " + Escaped.line(String.valueOf(e.getMessage())));
        }
    }

    private void member(FieldDescriptor field, Object value, Message.Builder builder, String path) {
        if (value instanceof RawJson raw) {
            merge(() -> json.mergeOnly(field.getJsonName(), raw, builder), path);
        } else if (value instanceof Seq<?> list) {
            int index = 0;
            for (Object element : list) {
                Object next = element(field, element, builder, path + "[" + index++ + "]");
                if (next != null) {
                    builder.addRepeatedField(field, next);
                }
            }
        } else if (value instanceof Map<?, ?> labels) {
            for (Tuple2<?, ?> label : labels) {
                builder.addRepeatedField(field, label(label, builder.newBuilderForField(field), path));
            }
        } else {
            Object next = element(field, value, builder, path);
            if (next != null) {
                builder.setField(field, next);
            }
        }
    }

    private Message label(Tuple2<?, ?> label, Message.Builder entry, String path) {
        String at = path + "[" + Escaped.quoted((String) label._1()) + "]";
        entry.setField(entry.getDescriptorForType().findFieldByNumber(1), text((String) label._1(), at));
        return entry.setField(entry.getDescriptorForType().findFieldByNumber(2), text((String) label._2(), at))
                .build();
    }

    /** The value in the message; null if it is at fault. */
    private @Nullable Object element(FieldDescriptor field, Object value, Message.Builder builder, String path) {
        if (value instanceof ApiMessage<?> nested) {
            Message.Builder message = builder.newBuilderForField(field);
            message(nested, message, path);
            return message.build();
        }
        if (value instanceof RawJson object) {
            Message.Builder message = builder.newBuilderForField(field);
            merge(() -> json.merge(object, message), path);
            return message.build();
        }
        if (value instanceof Instant time) {
            return ProtoTime.write(time, builder.newBuilderForField(field))
                    .peekLeft(fault -> note(path, fault))
                    .getOrNull();
        }
        if (value instanceof OpenEnum<?> enumValue) {
            return enumValue(enumValue, field.getEnumType(), path);
        }
        return value instanceof String text ? text(text, path) : value; // numbers, true and false are the same
    }

    private String text(String text, String path) {
        if (!UTF_8.newEncoder().canEncode(text)) {
            note(path, "is " + Escaped.quoted(text) + ": expected text that UTF-8 can encode");
        }
        return text;
    }

    private @Nullable EnumValueDescriptor enumValue(OpenEnum<?> value, EnumDescriptor type, String path) {
        if (value.isNumber()) {
            return type.findValueByNumberCreatingIfUnknown(Integer.parseInt(value.toString()));
        }
        EnumValueDescriptor named = type.findValueByName(value.toString());
        if (named == null) {
            note(path, "is " + Escaped.quoted(value.toString()) + ": expected a value of " + type.getFullName());
        }
        return named;
    }
}
