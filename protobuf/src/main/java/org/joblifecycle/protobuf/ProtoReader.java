package org.joblifecycle.protobuf;

import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import io.vavr.Tuple;
import io.vavr.Tuple2;
import io.vavr.collection.LinkedHashMap;
import io.vavr.collection.Seq;
import io.vavr.collection.Vector;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.joblifecycle.job.WireEnum;
import org.joblifecycle.json.UnreadableField;
import org.joblifecycle.tuning.ApiField;
import org.joblifecycle.tuning.ApiMessage;
import org.joblifecycle.tuning.ApiType;
import org.joblifecycle.tuning.FieldType;
import org.joblifecycle.tuning.FieldType.Scalar;
import org.joblifecycle.tuning.OpenEnum;
import org.joblifecycle.tuning.RawJson;
import org.jspecify.annotations.Nullable;

/**
 * Reads messages of core from Google's. What core does not know is kept as JSON, and what JSON cannot hold as bytes, under
 * {@link #REST}. A time that is out of range is noted as a fault, with its path, and reading goes on. Once there is a fault,
 * what is returned has no meaning.
 */
final class ProtoReader {
    /** The member with the bytes of all fields that have no name, or that JSON cannot hold. No field can have such a name. */
    static final String REST = "@unknown";

    private final ProtoJson json;
    private Vector<UnreadableField> faults = Vector.empty();

    ProtoReader(ProtoJson json) {
        this.json = json;
    }

    /** The faults that were noted so far. */
    Seq<UnreadableField> faults() {
        return faults;
    }

    /**
     * Reads a message.
     *
     * @param path where it is; empty for the outermost
     */
    <M extends ApiMessage<M>> M message(ApiType<M> type, Message proto, String path) {
        M message = type.empty();
        Message.Builder rest = proto.newBuilderForType().setUnknownFields(proto.getUnknownFields());
        for (Map.Entry<FieldDescriptor, Object> each : proto.getAllFields().entrySet()) {
            FieldDescriptor descriptor = each.getKey();
            String name = descriptor.getJsonName();
            ApiField<M, ?> field = type.field(name).getOrNull();
            if (field != null) {
                message = with(message, field, each.getValue(), path.isEmpty() ? name : path + "." + name);
                continue;
            }
            RawJson value = json.printOnly(proto.newBuilderForType()
                            .setField(descriptor, each.getValue())
                            .build())
                    .getOrNull();
            if (value == null) {
                rest.setField(descriptor, each.getValue());
            } else {
                message = message.withUnknown(name, value);
            }
        }
        Message kept = rest.build();
        return kept.equals(kept.getDefaultInstanceForType())
                ? message
                : message.withUnknown(REST, json.printBytes(kept));
    }

    @SuppressWarnings("unchecked") // the type of the field says so
    private <M extends ApiMessage<M>, T> M with(M message, ApiField<M, T> field, Object value, String path) {
        return message.with(field, (T) value(field.type(), value, path));
    }

    /** The value in core; null if it is at fault. */
    private @Nullable Object value(FieldType<?> type, Object value, String path) {
        if (type instanceof FieldType.Nested<?> nested) {
            return message(nested.message(), (Message) value, path);
        }
        if (type instanceof FieldType.Repeated<?> repeated) {
            return Vector.ofAll((List<?>) value)
                    .zipWithIndex((element, index) -> value(repeated.element(), element, path + "[" + index + "]"));
        }
        if (type instanceof FieldType.Labels) {
            return LinkedHashMap.ofEntries(Vector.ofAll((List<?>) value).map(entry -> label((Message) entry)));
        }
        if (type instanceof FieldType.Values<?> values) {
            return enumValue(values, (EnumValueDescriptor) value);
        }
        if (type == Scalar.TIMESTAMP) {
            return time((Message) value, path);
        }
        return type == Scalar.OBJECT
                ? json.print((Message) value)
                : value; // text, numbers, true and false are the same
    }

    private static Tuple2<String, String> label(Message entry) {
        List<FieldDescriptor> keyAndValue = entry.getDescriptorForType().getFields();
        return Tuple.of((String) entry.getField(keyAndValue.get(0)), (String) entry.getField(keyAndValue.get(1)));
    }

    /** The value that core knows; else its name, or its number if it has no name. */
    private static <E extends Enum<E> & WireEnum> OpenEnum<E> enumValue(
            FieldType.Values<E> type, EnumValueDescriptor value) {
        boolean isNamed = value.getType().findValueByNumber(value.getNumber()) != null;
        return isNamed ? type.named(value.getName()) : type.numbered(value.getNumber());
    }

    private @Nullable Instant time(Message timestamp, String path) {
        return ProtoTime.read(timestamp)
                .peekLeft(fault -> faults = faults.append(new UnreadableField(path, path + " " + fault)))
                .getOrNull();
    }
}
